import type { Config } from '@backstage/config';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Whether a request was made to this machine by name or address. A page elsewhere can let its own name point to
 * 127.0.0.1 and then reads what it likes, but the browser still sends that name as the host.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');
}

/**
 * Signing in without a secret is for one's own machine. Throws unless this is a development process that only this
 * machine can reach.
 */
export function requireDevelopment(options: {
  config: Config;
  nodeEnv: string | undefined;
}): void {
  const { config, nodeEnv } = options;
  if (nodeEnv !== 'development') {
    throw new Error(
      `The personas sign-in is for development only: NODE_ENV is '${
        nodeEnv ?? ''
      }'. Remove auth.providers.personas or set another sign-in up`,
    );
  }
  const listen = config.getOptional('backend.listen');
  const host =
    typeof listen === 'string'
      ? listen.slice(0, Math.max(0, listen.lastIndexOf(':')))
      : config.getOptionalString('backend.listen.host');
  if (!host || !LOOPBACK.includes(host.replace(/^\[|\]$/g, ''))) {
    throw new Error(
      `The personas sign-in needs a backend that only this machine can reach: set backend.listen.host to 127.0.0.1 (it is '${
        host ?? ''
      }')`,
    );
  }
}
