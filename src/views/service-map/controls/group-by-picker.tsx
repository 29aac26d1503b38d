import React, { type KeyboardEvent, memo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { Button, Input, Menu } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { GROUP_BY, isGroupLabel } from '../../../servicegraph/group-by';
import { testIds } from '../../../test-ids';
import { FloatingMenu } from '../menu/floating-menu';
import { type Point } from '../viewport/viewport';

interface GroupByPickerProps {
  /** Labels that services of the map have */
  labelsNow(): string[];
  groupBy?: string;
  onGroupBy(groupBy: string): void;
}

function textOf(groupBy: string): string {
  switch (groupBy) {
    case GROUP_BY.auto:
      return t('traceatlas.service-map.group-by.auto', 'Automatic');
    case GROUP_BY.none:
      return t('traceatlas.service-map.group-by.none', 'Don’t group');
    case GROUP_BY.namespace:
      return t('traceatlas.service-map.group-by.namespace', 'Namespace');
    case GROUP_BY.calls:
      return t('traceatlas.service-map.group-by.calls', 'Who calls whom (large maps)');
    default:
      return groupBy;
  }
}

function buttonText(groupBy: string): string {
  switch (groupBy) {
    case GROUP_BY.auto:
      return t('traceatlas.service-map.group-by.title', 'Group by');
    case GROUP_BY.none:
      return t('traceatlas.service-map.group-by.not-grouped', 'Not grouped');
    case GROUP_BY.calls:
      return t('traceatlas.service-map.group-by.by-calls', 'By calls');
    case GROUP_BY.namespace:
      return t('traceatlas.service-map.group-by.by-namespace', 'By namespace');
    default:
      return t('traceatlas.service-map.group-by.by-label', 'By {{label}}', { label: groupBy });
  }
}

/** The chosen label is offered also where no service has it, so that it can be seen what is chosen. */
function choices(labels: readonly string[], groupBy: string): string[] {
  const all = [GROUP_BY.namespace, ...labels, ...(isGroupLabel(groupBy) ? [groupBy] : [])];
  return [...new Set<string>([GROUP_BY.auto, GROUP_BY.none, ...all, GROUP_BY.calls])];
}

/** What makes the boxes of the map: offered are the labels that its services have, and any other can be typed. */
export const GroupByPicker = memo(function GroupByPicker(props: GroupByPickerProps) {
  const { labelsNow, groupBy = GROUP_BY.auto, onGroupBy } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<{ at: Point; labels: string[] }>();
  const [isTyping, setIsTyping] = useState(false);
  if (isTyping) {
    return (
      <LabelInput
        onDone={(label) => {
          setIsTyping(false);
          if (label) {
            onGroupBy(label);
          }
        }}
      />
    );
  }
  const toggle = () => {
    const place = button.current?.getBoundingClientRect();
    setOpen(open || !place ? undefined : { at: { x: place.left, y: place.bottom + 4 }, labels: labelsNow() });
  };
  return (
    <>
      <Button
        ref={button}
        size="sm"
        variant={groupBy === GROUP_BY.auto ? 'secondary' : 'primary'}
        fill="text"
        icon="apps"
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        data-testid={testIds.serviceMap.groupBy}
        onClick={toggle}
      >
        <span className={styles.text}>{buttonText(groupBy)}</span>
      </Button>
      {open && (
        <FloatingMenu
          at={open.at}
          label={t('traceatlas.service-map.group-by.picker', 'Group services by')}
          onClose={() => setOpen(undefined)}
        >
          {choices(open.labels, groupBy).map((choice) => (
            <Menu.Item
              key={choice}
              role="menuitemradio"
              ariaChecked={choice === groupBy}
              active={choice === groupBy}
              icon={choice === groupBy ? 'check' : undefined}
              label={textOf(choice)}
              onClick={() => onGroupBy(choice)}
            />
          ))}
          <Menu.Divider />
          <Menu.Item
            label={t('traceatlas.service-map.group-by.other', 'Another label…')}
            onClick={() => setIsTyping(true)}
          />
        </FloatingMenu>
      )}
    </>
  );
});

/** @param onDone with '' when it is left without a label */
function LabelInput({ onDone }: { onDone(label: string): void }) {
  const [text, setText] = useState('');
  const name = t('traceatlas.service-map.group-by.name', 'Name of a label');
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') {
      onDone(text.trim());
    } else if (key === 'Escape') {
      onDone('');
    }
  };
  return (
    <div className={styles.input}>
      <Input
        autoFocus
        value={text}
        placeholder={name}
        aria-label={name}
        data-testid={testIds.serviceMap.groupLabel}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => onDone(text.trim())}
      />
    </div>
  );
}

const styles = {
  text: css({ maxWidth: 180, overflow: 'hidden', textOverflow: 'ellipsis' }),
  input: css({ width: 170 }),
};
