import { pino, type DestinationStream, type Logger } from 'pino';

/** @public */
export type ServiceLogger = Logger;

/**
 * JSON lines on standard output. Nothing in the services logs headers or
 * bodies; the redaction is the second line of defence, should a dependency do.
 *
 * @public
 */
export function createLogger(options: {
  service: string;
  level?: string;
  destination?: DestinationStream;
}): ServiceLogger {
  const settings = {
    base: { service: options.service },
    level: options.level ?? 'info',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['authorization', 'headers', 'body', 'prompt', 'messages'],
      remove: true,
    },
  };
  return options.destination
    ? pino(settings, options.destination)
    : pino(settings);
}
