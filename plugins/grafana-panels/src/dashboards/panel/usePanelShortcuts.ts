import { useEffect, useRef, type RefObject } from 'react';
import { isTyping } from '../keyboard/isTyping';

/** `v` full size, `i` what was asked: of the panel under the pointer or with the focus, as in Grafana. */
export function usePanelShortcuts(
  frame: RefObject<HTMLElement>,
  actions: { onView?: () => void; onAsk?: () => void },
) {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { current: element } = frame;
      if (
        isTyping(event) ||
        !element?.matches(':hover, :focus-within') ||
        event.defaultPrevented
      ) {
        return;
      }
      const act = { v: latest.current.onView, i: latest.current.onAsk }[
        event.key
      ];
      if (act) {
        event.preventDefault();
        act();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [frame]);
}
