export * from './FakeKubernetes';
export * from './fixtures';
export * from './testBackend';
