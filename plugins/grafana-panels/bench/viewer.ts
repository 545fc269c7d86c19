/** Whose requests the page sends: the address says it. */
export const authorization =
  new URLSearchParams(window.location.search).get('authorization') ?? '';
