import React, { useRef, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2, type IconName } from '@grafana/data';
import { Button, Menu, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { FloatingMenu } from '../menu/floating-menu';
import { type Point } from '../viewport';
import { type ExportFormat } from './export-map';

interface ExportMenuProps {
  /** @returns what became of it */
  onExport(format: ExportFormat): Promise<'saved' | 'copied'>;
}

type Outcome = 'working' | 'copied' | 'not-copied' | 'failed';

function formats(): Array<[format: ExportFormat, label: string, icon: IconName]> {
  return [
    ['png', t('traceatlas.service-map.export.png', 'PNG'), 'camera'],
    ['png2', t('traceatlas.service-map.export.png2', 'PNG, twice as sharp'), 'camera'],
    ['png4', t('traceatlas.service-map.export.png4', 'PNG, four times as sharp'), 'camera'],
    ['svg', t('traceatlas.service-map.export.svg', 'SVG'), 'camera'],
    ['json', t('traceatlas.service-map.export.json', 'JSON'), 'file-alt'],
    ['dot', t('traceatlas.service-map.export.dot', 'DOT (Graphviz)'), 'file-alt'],
    ['mermaid', t('traceatlas.service-map.export.mermaid', 'Mermaid'), 'file-alt'],
    ['copy', t('traceatlas.service-map.export.copy', 'Copy as image'), 'copy'],
  ];
}

function outcomeText(outcome: Outcome | undefined): string {
  switch (outcome) {
    case 'copied':
      return t('traceatlas.service-map.export.copied', 'Copied');
    case 'not-copied':
      return t('traceatlas.service-map.export.not-copied', 'No clipboard for images here: saved as a file');
    case 'failed':
      return t('traceatlas.service-map.export.failed', 'The map is too large for this format; try SVG');
    default:
      return '';
  }
}

/** Takes what is shown out of Grafana. */
export function ExportMenu({ onExport }: ExportMenuProps) {
  const styles = useStyles2(getStyles);
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Point>();
  const [outcome, setOutcome] = useState<Outcome>();
  const toggle = () => {
    const place = button.current?.getBoundingClientRect();
    setOutcome(undefined);
    setAt((old) => (old || !place ? undefined : { x: place.left, y: place.bottom + 4 }));
  };
  const run = async (format: ExportFormat) => {
    setOutcome('working');
    try {
      const done = await onExport(format);
      setOutcome(format === 'copy' ? (done === 'copied' ? 'copied' : 'not-copied') : undefined);
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <>
      <span role="status" className={styles.outcome}>
        {outcomeText(outcome)}
      </span>
      <Button
        ref={button}
        size="sm"
        variant="secondary"
        icon={outcome === 'working' ? 'spinner' : 'download-alt'}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        data-testid={testIds.serviceMap.export}
        onClick={toggle}
      >
        {t('traceatlas.service-map.export.button', 'Export')}
      </Button>
      {at && (
        <FloatingMenu
          at={at}
          label={t('traceatlas.service-map.export.menu', 'Formats of the export')}
          onClose={() => setAt(undefined)}
        >
          {formats().map(([format, label, icon]) => (
            <Menu.Item key={format} label={label} icon={icon} onClick={() => void run(format)} />
          ))}
        </FloatingMenu>
      )}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    outcome: css({
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'nowrap',
    }),
  };
}
