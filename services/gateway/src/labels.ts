/**
 * The labels and annotations by which the gateway finds things in the cluster.
 * Services import nothing but the service kit, so these are written here again;
 * the portal's side is `labels.ts` of models-common.
 */
export const ROUTE_LABEL = 'llm-platform.dev/route';
export const TEAM_LABEL = 'llm-platform.dev/team';
export const CREDENTIAL_LABEL = 'llm-platform.dev/credential';
/** Exact public name where it is no valid label value. */
export const ROUTE_NAME_ANNOTATION = 'llm-platform.dev/route-name';
/** Says that a Service serves a model. */
export const MODEL_LABEL = 'llm-platform.dev/model';
/** Says that a Service is a team's own API. */
export const SERVICE_LABEL = 'llm-platform.dev/service';
/** `session` or `prefix`: which requests should meet the same replica. */
export const AFFINITY_ANNOTATION = 'llm-platform.dev/affinity';
/** The route that answers where this one can't. */
export const FALLBACK_ANNOTATION = 'llm-platform.dev/fallback';
/** What the upstream calls the model, where it isn't the route's name. */
export const SERVED_NAME_ANNOTATION = 'llm-platform.dev/served-model-name';
/** Value of the credential label on application keys' Secrets. */
export const APPLICATION_KEY = 'application-key';
/** The ConfigMap with the portal's public keys. */
export const SIGNING_KEYS_CONFIG_MAP = 'portal-signing-keys';
/** On the ConfigMap that holds the limits of teams and people. */
export const CONFIG_LABEL = 'llm-platform.dev/config';
export const GATEWAY_LIMITS = 'gateway-limits';
