import { createHash } from 'node:crypto';
import { readApplicationKeys } from '../credentials';
import { createApplicationKey } from './applicationKey';
import { readArguments, UsageError } from './arguments';

const NOW = Date.parse('2026-11-23T12:00:00Z');

describe('createApplicationKey', () => {
  it('makes a Secret that the gateway reads and that does not hold the key', () => {
    const { key, id, secret } = createApplicationKey({
      team: 'quant',
      models: ['smol', 'mistral'],
      expires: new Date(NOW),
      namespace: 'platform',
    });
    expect(key).toMatch(/^sk-llmp-[\w-]{43}$/);
    expect(JSON.stringify(secret)).not.toContain(key);
    expect(
      readApplicationKeys([
        { name: secret.metadata.name, data: secret.stringData },
      ]),
    ).toEqual({
      problems: [],
      records: [
        {
          id,
          hash: createHash('sha256').update(key).digest('hex'),
          team: 'quant',
          models: ['smol', 'mistral'],
          expiresAt: NOW,
        },
      ],
    });
    expect(secret.metadata.labels['llm-platform.dev/credential']).toBe(
      'application-key',
    );
  });

  it('makes another one each time', () => {
    const make = () =>
      createApplicationKey({ team: 'a', models: ['*'], namespace: 'p' }).key;
    expect(make()).not.toBe(make());
  });
});

describe('readArguments', () => {
  const read = (text: string) => readArguments(text.split(' '), NOW);

  it('reads a command line', () => {
    expect(
      read(
        'create --team quant --models a,b --expires 30d --kubeconfig f --namespace n',
      ),
    ).toEqual({
      team: 'quant',
      models: ['a', 'b'],
      expires: new Date('2026-12-23T12:00:00Z'),
      kubeconfig: 'f',
      namespace: 'n',
    });
    expect(read('create --team quant --models *')).toEqual({
      team: 'quant',
      models: ['*'],
      namespace: 'platform',
    });
  });

  it.each([
    '',
    'delete --team quant --models a',
    'create --models a',
    'create --team Quant --models a',
    'create --team quant',
    'create --team quant --models ,',
    'create --team quant --models a --expires soon',
    'create --team quant --models a --expires 2020-01-01',
    'create --team quant --models a --nosuch x',
  ])('refuses %p', text => {
    expect(() => read(text)).toThrow(UsageError);
  });
});
