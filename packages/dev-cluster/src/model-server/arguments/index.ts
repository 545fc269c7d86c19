export { ArgumentError } from './argumentError';
export type { LoraModule } from './loraModules';
export { readServerArguments } from './serverArguments';
export type { ServerArguments } from './serverArguments';
