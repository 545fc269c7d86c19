import type { Config } from '@backstage/config';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

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
