import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages render here, also on slow machines; nothing in these tests depends on time.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

// jsdom has no layout, so nothing to scroll; lists of many rows call it.
window.scrollTo = () => undefined;
