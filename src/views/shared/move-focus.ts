import { type KeyboardEvent } from 'react';

/** Goes from button to button with two keys, so that Tab leaves a list of them at once. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, back: string, forward: string) {
  const step = event.key === forward ? 1 : event.key === back ? -1 : 0;
  if (step === 0) {
    return;
  }
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
