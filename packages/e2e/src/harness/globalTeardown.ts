export default async function globalTeardown() {
  const { stopPortal } = globalThis as {
    stopPortal?: () => Promise<void>;
  };
  await stopPortal?.();
}
