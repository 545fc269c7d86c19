import { startPortal } from './launch';

/** One portal and one cluster for all files; the tear-down stops them. */
export default async function globalSetup() {
  const stop = await startPortal();
  return Object.assign(globalThis, { stopPortal: stop });
}
