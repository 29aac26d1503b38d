import React, { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTheme2, Menu, Portal } from '@grafana/ui';
import { type Point } from '../viewport/viewport';

interface FloatingMenuProps {
  /** px of the window */
  at: Point;
  label: string;
  header?: ReactNode;
  children: ReactNode;
  testId?: string;
  onClose(): void;
}

const MARGIN = 4;

/** Over whatever is shown full screen, which hides everything that is not in it. */
function portalRoot(): HTMLElement | undefined {
  return document.fullscreenElement instanceof HTMLElement ? document.fullscreenElement : undefined;
}

/** A menu at a place of the window, moved as far as it has to be to be seen whole. */
export function FloatingMenu({ at, label, header, children, testId, onClose }: FloatingMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const { zIndex } = useTheme2();
  const [place, setPlace] = useState(at);
  const { x, y } = at;
  useLayoutEffect(() => {
    const { width, height } = menu.current?.getBoundingClientRect() ?? { width: 0, height: 0 };
    setPlace({
      x: Math.max(MARGIN, Math.min(x, window.innerWidth - width - MARGIN)),
      y: Math.max(MARGIN, Math.min(y, window.innerHeight - height - MARGIN)),
    });
  }, [x, y]);
  useEffect(() => {
    const before = document.activeElement;
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !menu.current?.contains(target)) {
        onClose();
      }
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true);
      // Unless something else has taken it by then
      if (before instanceof HTMLElement && (document.activeElement === document.body || !document.activeElement)) {
        before.focus();
      }
    };
  }, [onClose]);
  return (
    <Portal root={portalRoot()}>
      <div style={{ position: 'fixed', left: place.x, top: place.y, zIndex: zIndex.portal, maxWidth: 360 }}>
        <Menu
          ref={menu}
          header={header}
          ariaLabel={label}
          data-testid={testId}
          onOpen={(focusOnItem) => focusOnItem(0)}
          onClick={onClose}
          onClose={onClose}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault();
              event.stopPropagation();
              onClose();
            }
          }}
        >
          {children}
        </Menu>
      </div>
    </Portal>
  );
}
