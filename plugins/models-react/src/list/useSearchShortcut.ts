import { useEffect, useRef } from 'react';

/** `/` focuses the input inside the element, unless something is being typed. */
export function useSearchShortcut() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest?.(
        'input, textarea, select, [contenteditable]',
      );
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        ref.current?.querySelector('input')?.focus();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return ref;
}
