import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Cluster instance of the browser tests: its own addresses, ports and state. */
export const E2E_INSTANCE = 8;
export const E2E_PORT = 7108;

/** Everything the tested portal keeps; thrown away at each start. */
export const stateHome = join(tmpdir(), 'llm-platform-e2e');

/** Where screenshots of failures go. */
export const resultsDir = 'test-results';
