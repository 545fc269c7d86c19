export { ArgumentError } from './argumentError';
export { readServerArguments } from './serverArguments';
export type { ServerArguments } from './serverArguments';
