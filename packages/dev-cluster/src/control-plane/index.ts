export { egressSocketPath } from './egress';
export * from './kubeconfig';
export type { KeyPair, Pki } from './pki';
export type { ControlPlanePorts } from './ports';
export * from './controlPlane';
