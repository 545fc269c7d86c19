/** Polls until `condition` is true; its errors end the wait at once. */
export async function waitFor(
  what: string,
  condition: () => Promise<boolean>,
  options: { timeoutSeconds?: number; everyMs?: number } = {},
): Promise<void> {
  const { timeoutSeconds = 60, everyMs = 500 } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    if (await condition()) return;
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutSeconds} s for ${what}`);
    }
    await new Promise(done => setTimeout(done, everyMs));
  }
}
