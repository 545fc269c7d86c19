import { useEffect, useRef } from 'react';
import { isTyping } from './isTyping';

/** Two keys belong together when the second comes within this time. */
const SEQUENCE_MS = 1_500;

/** Keys of a page: `Escape`, or two after each other, `t z`. Nothing happens where a person types. */
export function useShortcuts(
  shortcuts: Readonly<Partial<Record<string, () => void>>>,
) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let before: { key: string; time: number } | undefined;
    const listen = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented) {
        return;
      }
      const sequence =
        before && event.timeStamp - before.time < SEQUENCE_MS
          ? `${before.key} ${event.key}`
          : event.key;
      const act = latest.current[sequence] ?? latest.current[event.key];
      before = act ? undefined : { key: event.key, time: event.timeStamp };
      if (act) {
        event.preventDefault();
        act();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
