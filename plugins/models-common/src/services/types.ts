/** @public */
export const SERVICE_KIND = 'TeamService';

/** What a team service's key may use of the gateway; left out = the team's own limits alone. @public */
export interface TeamServiceLimits {
  requestsPerMinute?: number;
  tokensPerMinute?: number;
}

/**
 * A team's own API behind the gateway, and the model that it asks.
 *
 * @public
 */
export interface TeamServiceSpec {
  apiVersion: 'llm-platform.dev/v1alpha1';
  kind: typeof SERVICE_KIND;
  metadata: {
    /** DNS label, at most 40 characters. */
    name: string;
    namespace: string;
    /** Name of the catalog Group that owns the namespace. */
    team: string;
  };
  spec: {
    /** `POST /api/<route>/predict` at the gateway. */
    route: string;
    /** Route of the model. */
    model: string;
    /** `name:tag`. */
    image: string;
    replicas: number;
    resources: {
      requests: { cpu: string; memory: string };
      limits: { cpu: string; memory: string };
    };
    limits: TeamServiceLimits;
    /** Where its source is. */
    repository?: string;
  };
}
