/**
 * The platform's manifests live beside this in `base` and `overlays`; here is
 * what they and the AWS account have in common, and what checks them.
 *
 * @packageDocumentation
 */
export * from './declarations';
export {
  buildPrometheus,
  builtPrometheus,
  prometheusDirectory,
} from './programs';
export * from './settings';
