import { useEffect, useRef } from 'react';
import { isTyping } from './isTyping';

/** Keys of a page: `Escape`, or two after each other, `t z`. Nothing happens where a person types. */
export function useShortcuts(
  shortcuts: Readonly<Partial<Record<string, () => void>>>,
) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let before = '';
    const listen = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented) {
        before = '';
        return;
      }
      const act =
        latest.current[`${before} ${event.key}`] ?? latest.current[event.key];
      before = act ? '' : event.key;
      if (act) {
        event.preventDefault();
        act();
      }
    };
    const forget = () => {
      before = '';
    };
    document.addEventListener('keydown', listen);
    document.addEventListener('pointerdown', forget);
    return () => {
      document.removeEventListener('keydown', listen);
      document.removeEventListener('pointerdown', forget);
    };
  }, []);
}
