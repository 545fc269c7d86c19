/**
 * Signs a short-lived token for each request of a signed-in person and streams the gateway's answer.
 *
 * @packageDocumentation
 */
export { playgroundPlugin as default } from './plugin';
