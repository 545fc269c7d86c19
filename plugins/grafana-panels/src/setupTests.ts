import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages render here, also on slow machines; nothing in these tests depends on time.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

// jsdom has no layout, so nothing to scroll; lists of many rows call it.
window.scrollTo = () => undefined;

// uPlot asks for the screen's resolution when it is loaded.
window.matchMedia ??= (query: string) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
