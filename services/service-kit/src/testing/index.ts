/**
 * For the tests of services that are built on the kit.
 *
 * @packageDocumentation
 */
export * from './FakeVllm';
export * from './startTestService';
