import React, { memo, useEffect, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2, type IconName } from '@grafana/data';
import { Button, Menu, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { FloatingMenu } from '../menu/floating-menu';
import { type Point } from '../viewport/viewport';
import { type ExportFormat, type ExportResult } from './export-map';
import { failedText, resultText, workingText } from './outcome-text';

interface ExportMenuProps {
  /** @returns what became of it */
  onExport(format: ExportFormat): Promise<ExportResult>;
}

/** ms that what became of an export stays to be read */
const READ_MS = 15_000;

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

/** Takes what is shown out of Grafana. */
export const ExportMenu = memo(function ExportMenu({ onExport }: ExportMenuProps) {
  const styles = useStyles2(getStyles);
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Point>();
  const [outcome, setOutcome] = useState('');
  const [isWorking, setIsWorking] = useState(false);
  useEffect(() => {
    if (outcome === '' || isWorking) {
      return undefined;
    }
    const timer = setTimeout(() => setOutcome(''), READ_MS);
    return () => clearTimeout(timer);
  }, [outcome, isWorking]);
  const toggle = () => {
    const place = button.current?.getBoundingClientRect();
    setAt((old) => (old || !place ? undefined : { x: place.left, y: place.bottom + 4 }));
  };
  const run = async (format: ExportFormat) => {
    setIsWorking(true);
    setOutcome(workingText());
    try {
      setOutcome(resultText(format, await onExport(format)));
    } catch {
      setOutcome(failedText(format));
    }
    setIsWorking(false);
  };
  return (
    <>
      <span role="status" className={styles.outcome}>
        {outcome}
      </span>
      <Button
        ref={button}
        size="sm"
        variant="secondary"
        icon={isWorking ? 'spinner' : 'download-alt'}
        // One at a time: each of a large map takes hundreds of megabytes.
        disabled={isWorking}
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
});

function getStyles(theme: GrafanaTheme2) {
  return {
    outcome: css({
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'nowrap',
    }),
  };
}
