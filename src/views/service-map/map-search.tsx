import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { FilterInput } from '@grafana/ui';
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
  const placeholder = t('traceatlas.service-map.search', 'Find a service');
  return (
    <span data-testid={testIds.serviceMap.search}>
      <FilterInput
        value={text}
        width={28}
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
