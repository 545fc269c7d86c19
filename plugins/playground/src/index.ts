/**
 * Chat with the deployed models in the browser, through the gateway.
 *
 * @packageDocumentation
 */
export { playgroundPlugin as default } from './plugin';
export {
  playgroundApiRef,
  type ChatEvent,
  type ChatErrorInfo,
  type ChatErrorSource,
  type ChatRequest,
  type GatewayStatus,
  type PlaygroundApi,
  type PlaygroundModel,
  type PlaygroundModels,
} from './api';
