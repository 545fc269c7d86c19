export * from './FakePrometheus';
export * from './testBackend';
