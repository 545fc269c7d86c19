import type { RenderedObject } from '../rendered';

/** One object's use of another. */
export interface Reference {
  from: RenderedObject;
  kind: string;
  /** Undefined for what has no namespace. */
  namespace?: string;
  name: string;
  /** The key that is used of a Secret or ConfigMap. */
  key?: string;
}
