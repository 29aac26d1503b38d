import { css } from '@emotion/css';
import React, { useState } from 'react';
import { FilterInput, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';

interface MapSearchProps {
  text: string;
  found: number;
  onChange(text: string): void;
  /** Goes to the next found service */
  onNext(index: number): void;
}

/** Finds services by name; Enter goes from one to the next. */
export function MapSearch({ text, found, onChange, onNext }: MapSearchProps) {
  const [index, setIndex] = useState(-1);
  const styles = useStyles2(getStyles);
  const placeholder = t('traceatlas.service-map.search', 'Find a service');
  return (
    <span className={styles.search} data-testid={testIds.serviceMap.search}>
      <FilterInput
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        escapeRegex={false}
        onChange={(value: string) => {
          setIndex(-1);
          onChange(value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found > 0) {
            const next = (index + 1) % found;
            setIndex(next);
            onNext(next);
          }
        }}
        suffix={
          text === '' ? undefined : (
            <span role="status">{t('traceatlas.service-map.found', '{{count}} found', { count: found })}</span>
          )
        }
      />
    </span>
  );
}

const getStyles = () => ({ search: css({ flex: '0 1 224px', minWidth: 120 }) });
