import type { FitResult } from '../fit/types';
import type { KubernetesObject } from '../manifests/types';

/** @public */
export type PreflightVerdict = 'pass' | 'warn' | 'block' | 'unknown';

/** @public */
export const PREFLIGHT_CHECKS = [
  'spec',
  'fit',
  'gpus',
  'resources',
  'quota',
  'storage',
  'token',
  'image',
  'name',
  'dry-run',
] as const;

/** @public */
export interface PreflightCheck {
  id: (typeof PREFLIGHT_CHECKS)[number];
  title: string;
  verdict: PreflightVerdict;
  /** What was found, with the number. */
  message: string;
  /** What to do when it is not `pass`. */
  remedy?: string;
}

/** @public */
export interface ObjectChange {
  ref: { apiVersion: string; kind: string; namespace?: string; name: string };
  operation: 'create' | 'update' | 'unchanged' | 'delete';
  /** YAML as it is now, without server-managed fields; undefined when it is created. */
  before?: string;
  /** YAML after the server's dry run (defaults filled in). */
  after?: string;
}

/** @public */
export interface PreflightReport {
  verdict: PreflightVerdict;
  checks: PreflightCheck[];
  fit: FitResult;
  manifests: KubernetesObject[];
  changes: ObjectChange[];
}
