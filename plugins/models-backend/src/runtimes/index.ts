export * from './vllm';
