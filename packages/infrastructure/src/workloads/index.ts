export * from './workloadsStack';
