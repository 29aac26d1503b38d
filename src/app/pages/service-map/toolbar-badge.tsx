import React, { type ComponentProps } from 'react';
import { css } from '@emotion/css';
import { Badge } from '@grafana/ui';

interface ToolbarBadgeProps extends ComponentProps<typeof Badge> {
  role?: 'status' | 'alert';
}

/** What has to be known of the whole map, where it covers nothing of it. */
export function ToolbarBadge({ role, ...badge }: ToolbarBadgeProps) {
  return (
    <span className={whole} role={role}>
      <Badge {...badge} />
    </span>
  );
}

// A toolbar that is too narrow goes on in a second line instead.
const whole = css({ flexShrink: 0, whiteSpace: 'nowrap' });
