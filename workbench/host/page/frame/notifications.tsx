import React, { useEffect, useState } from 'react';
import { css } from '@emotion/css';
import { AppEvents, type GrafanaTheme2 } from '@grafana/data';
import { Alert, type AlertVariant, useStyles2 } from '@grafana/ui';
import { appEvents } from '../shims/app-events';

interface Notification {
  id: number;
  severity: AlertVariant;
  title: string;
  text?: string;
}

/** ms; errors stay until they are closed. */
const SHOWN_FOR = 5000;
const LEVELS = [
  { event: AppEvents.alertSuccess, severity: 'success' },
  { event: AppEvents.alertInfo, severity: 'info' },
  { event: AppEvents.alertWarning, severity: 'warning' },
  { event: AppEvents.alertError, severity: 'error' },
] as const;

/** Shows the alerts that plugins publish on the app's event bus. */
export function Notifications() {
  const styles = useStyles2(getStyles);
  const [shown, setShown] = useState<Notification[]>([]);
  useEffect(() => {
    let nextId = 0;
    const close = (id: number) => setShown((list) => list.filter((notification) => notification.id !== id));
    const show = (severity: AlertVariant) => (payload?: unknown) => {
      const [title = '', text] = Array.isArray(payload) ? payload.map(String) : [String(payload)];
      const id = nextId++;
      setShown((list) => [...list, { id, severity, title, text }]);
      if (severity !== 'error') {
        setTimeout(() => close(id), SHOWN_FOR);
      }
    };
    const handlers = LEVELS.map(({ event, severity }) => ({ event, handle: show(severity) }));
    handlers.forEach(({ event, handle }) => appEvents.on(event, handle));
    return () => handlers.forEach(({ event, handle }) => appEvents.off(event, handle));
  }, []);
  return (
    <div className={styles.stack}>
      {shown.map(({ id, severity, title, text }) => (
        <Alert
          key={id}
          severity={severity}
          title={title}
          elevated
          onRemove={() => setShown((list) => list.filter((notification) => notification.id !== id))}
        >
          {text}
        </Alert>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  stack: css({ position: 'fixed', top: 60, right: 16, width: 400, zIndex: theme.zIndex.portal }),
});
