import { rewriteMountPaths } from './mountPaths';

describe('rewriteMountPaths', () => {
  const mounts = [
    { mountPath: '/models', hostPath: '/state/v/models' },
    { mountPath: '/models/cache/', hostPath: '/state/v/cache' },
  ];

  it.each([
    ['/models', '/state/v/models'],
    ['--dir=/models/a.gguf', '--dir=/state/v/models/a.gguf'],
    ['/models/cache/x', '/state/v/cache/x'],
    ['/models:/other', '/state/v/models:/other'],
    ['file:///models/a', 'file:///state/v/models/a'],
    ['/modelstore', '/modelstore'],
    ['/data/models', '/data/models'],
    ['org/models', 'org/models'],
    ['{"path":"/models"}', '{"path":"/state/v/models"}'],
  ])('%s becomes %s', (text, expected) => {
    expect(rewriteMountPaths(text, mounts)).toBe(expected);
  });

  it('leaves everything alone without mounts', () => {
    expect(rewriteMountPaths('/models', [])).toBe('/models');
  });
});
