/** An IAM role that pods of a service account get. @public */
export interface PodRole {
  serviceAccount: string;
  roleArn: string;
}

/** How an EKS add-on is to be. @public */
export interface WantedAddon {
  clusterName: string;
  addonName: string;
  /** Of the cluster, as `1.35`: the add-on follows when it is upgraded. */
  kubernetesVersion: string;
  /** The add-on's configuration values. */
  configuration: Record<string, unknown>;
  podRoles: PodRole[];
}

/** How it is. @public */
export interface CurrentAddon {
  /** EKS's own word for it. */
  status: string;
  version: string;
  configuration: Record<string, unknown>;
  podRoles: PodRole[];
  /** What EKS says is wrong with it. */
  issues: string[];
}

/** A version of an add-on that goes with the cluster's Kubernetes. @public */
export interface AddonVersion {
  version: string;
  isDefault: boolean;
}

/** What is asked of EKS about one add-on. @public */
export interface AddonApi {
  /** `undefined`: the cluster doesn't have it. */
  describe(): Promise<CurrentAddon | undefined>;
  /** Those for the wanted Kubernetes version. */
  versions(): Promise<AddonVersion[]>;
  /** @returns `false` where somebody else made it in the meantime. */
  create(version: string): Promise<boolean>;
  update(version: string): Promise<void>;
  /** EKS forgets it, and its pods stay. */
  release(): Promise<void>;
}
