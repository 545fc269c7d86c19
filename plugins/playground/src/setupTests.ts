import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages of react-aria components render slowly in jsdom on a busy machine
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(60_000);
