/** A key that belongs to a field, a menu, a dialog or the browser, and is no shortcut of the page. */
export function isTyping(event: KeyboardEvent): boolean {
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    Boolean(
      (event.target as HTMLElement).closest?.(
        'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]',
      ),
    )
  );
}
