export * from './FakeGrafana';
export * from './FakePrometheus';
export * from './testBackend';
