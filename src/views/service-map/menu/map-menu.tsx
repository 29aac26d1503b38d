import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Menu, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { type Pointed } from '../pointer/hit-test';
import { type Point } from '../viewport/viewport';
import { ExtensionItems, hasPluginLinks } from './extension-items';
import { FloatingMenu } from './floating-menu';
import { type MenuContext, type MenuSections, menuSections, menuTitle } from './menu-entries';

interface MapMenuProps extends Omit<MenuContext, 'copy'> {
  /** Undefined for the map itself */
  pointed: Pointed | undefined;
  /** px of the window */
  at: Point;
  /** Where other plugins may add links */
  extensionPointId?: string;
  onClose(): void;
}

function copyText(text: string) {
  // Refused without a secure connection: nothing is lost, the name is on the screen.
  void navigator.clipboard?.writeText(text).catch(() => undefined);
}

/** What can be done with what was clicked with the right button, or is selected when the menu key is pressed. */
export function MapMenu({ pointed, at, extensionPointId, onClose, ...context }: MapMenuProps) {
  const styles = useStyles2(getStyles);
  const { model } = context;
  const title = menuTitle(model, pointed);
  const sections: MenuSections = menuSections({ ...context, copy: copyText }, pointed).filter(
    (section) => section.length > 0
  );
  if (sections.length === 0) {
    return null;
  }
  return (
    <FloatingMenu
      at={at}
      label={t('traceatlas.service-map.menu.label', 'Menu of the map')}
      header={
        title && (
          <div className={styles.title} title={title}>
            {title}
          </div>
        )
      }
      testId={testIds.serviceMap.menu}
      onClose={onClose}
    >
      {sections.map((section, index) => (
        <React.Fragment key={section[0].key}>
          {index > 0 && <Menu.Divider />}
          {section.map(({ key, label, icon, url, target, run }) => (
            <Menu.Item key={key} label={label} icon={icon} url={url} target={target} onClick={run && ((e) => run(e))} />
          ))}
          {index === 0 && hasPluginLinks && extensionPointId && pointed && pointed.kind !== 'group' && (
            <ExtensionItems pointId={extensionPointId} model={model} pointed={pointed} />
          )}
        </React.Fragment>
      ))}
    </FloatingMenu>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    title: css({
      maxWidth: 320,
      padding: theme.spacing(0.5, 1.5),
      fontWeight: theme.typography.fontWeightMedium,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    }),
  };
}
