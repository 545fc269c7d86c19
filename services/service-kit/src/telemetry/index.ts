export { noTracing, startTracing } from './tracing';
export type { Tracing, TracingOptions } from './tracing';
export { RequestTrace } from './RequestTrace';
export type { ModelCall, ModelCallEnd, ModelCallStart } from './RequestTrace';
