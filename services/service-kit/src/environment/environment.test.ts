import { z } from 'zod';
import {
  envBaseUrl,
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

  it('reports what concerns several variables together with the rest', () => {
    expect(() =>
      readEnvironment(schema, { PORT: '80a', NAME: 'x' }, given => [
        `NAME: not with PORT ${given.PORT}`,
      ]),
    ).toThrow(/URL: .*\n.*PORT: .*\n.*NAME: not with PORT 80a/);
    expect(() =>
      readEnvironment(schema, { URL: 'http://a:1' }, () => ['NAME: missing']),
    ).toThrow(/NAME: missing/);
  });
});

describe('envBaseUrl', () => {
  const read = (URL: string) =>
    readEnvironment(z.object({ URL: envBaseUrl() }), { URL }).URL;

  it.each([
    ['http://a.b.svc:8000', 'http://a.b.svc:8000'],
    ['http://a:80/', 'http://a:80'],
    ['http://[::1]:8000/prefix//', 'http://[::1]:8000/prefix'],
    ['https://models.example', 'https://models.example'],
  ])('takes %s', (url, base) => expect(read(url)).toBe(base));

  it.each([
    ['http://a.b.svc', /URL: 'http:\/\/a.b.svc' has no port/],
    ['http://[::1]/', /no port/],
    ['ftp://a:21', /scheme ftp:/],
    ['a:8000', /scheme a:/],
    ['nothing', /is not a URL/],
    ['http://user:secret@a:8000', /no credentials/],
    ['http://a:8000/?x=1', /query/],
  ])('refuses %s', (url, problem) => expect(() => read(url)).toThrow(problem));
});
