import { z } from 'zod';
import {
  envInteger,
  envLogLevel,
  EnvironmentError,
  readEnvironment,
} from './environment';

const schema = z.object({
  URL: z.url(),
  PORT: envInteger({ min: 1, max: 65535, default: 8000 }),
  LOG_LEVEL: envLogLevel(),
  NAME: z.string().optional(),
});

describe('readEnvironment', () => {
  it('reads what is set and knows the rest', () => {
    expect(
      readEnvironment(schema, {
        URL: 'http://a:1',
        PORT: '80',
        NAME: '',
        OTHER: 'x',
      }),
    ).toEqual({ URL: 'http://a:1', PORT: 80, LOG_LEVEL: 'info' });
  });

  it('lists every problem at once', () => {
    const read = () =>
      readEnvironment(schema, { PORT: '80a', LOG_LEVEL: 'loud' });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(
      /- URL: .*\n.*- PORT: must be a whole number from 1 to 65535\n.*- LOG_LEVEL: /,
    );
  });

  it.each(['0', '65536', '-1', '1.5', ' 1', '1e3', '99999999999999999999'])(
    'refuses %p for a port',
    PORT => {
      expect(() => readEnvironment(schema, { URL: 'http://a', PORT })).toThrow(
        /PORT/,
      );
    },
  );
});
