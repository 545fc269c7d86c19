import type {
  V1ObjectMeta,
  V1PodSpec,
  V1PodTemplateSpec,
} from '@kubernetes/client-node';

/** An object of a rendered overlay, as the API server would get it. @public */
export interface RenderedObject {
  apiVersion: string;
  kind: string;
  metadata: V1ObjectMeta & { name: string };
  [field: string]: unknown;
}

/** What kustomize made of a directory. @public */
export interface Rendered {
  /** The directory. */
  dir: string;
  objects: RenderedObject[];
  /** What kustomize complained of while it went on, one line each. */
  warnings: string[];
}

/** An object that makes pods from a template. @public */
export interface Workload {
  object: RenderedObject;
  template: V1PodTemplateSpec & { spec: V1PodSpec };
}
