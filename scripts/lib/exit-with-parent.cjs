// Preloaded into children that are started with an IPC channel: when the
// launcher is gone, however it ended, they must not stay behind.
if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  process.channel.unref();
}
