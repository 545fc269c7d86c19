import type {
  ClusterError,
  ModelState,
} from '@llm-platform/plugin-models-common';

/** A model that the signed-in user may talk to. */
export interface PlaygroundModel {
  cluster: string;
  namespace: string;
  name: string;
  /** Public name at the gateway; the `model` of a request. */
  route: string;
  team: string;
  /** Hugging Face id. */
  modelId: string;
  state: ModelState;
  reason?: string;
  /** What is not real about its answers on this cluster. */
  simulated?: string;
}

/** Whether a cluster's gateway answers. */
export interface GatewayStatus {
  cluster: string;
  state: 'ok' | 'unreachable' | 'not-configured';
  /** Address for applications, shown in the code snippets. */
  url?: string;
  message?: string;
}

/** `GET /v1/models` */
export interface PlaygroundModels {
  items: PlaygroundModel[];
  gateways: GatewayStatus[];
  errors: ClusterError[];
}
