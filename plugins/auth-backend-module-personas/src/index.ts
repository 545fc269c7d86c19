/**
 * Development sign-in as one of the configured personas; refuses to start outside development.
 *
 * @packageDocumentation
 */
export { authModulePersonas as default } from './module';
