export interface Config {
  llmPlatform?: {
    /** Where `npm start` writes its progress; shown on the home page until the embedded cluster is read. */
    bootstrapFile?: string;
    /**
     * Classes of node that a model may ask for, also of node groups that are scaled to zero now. The profiles of the
     * original platform (CPU nodes and a T4) if left out.
     */
    gpuProfiles?: Array<{
      id: string;
      title: string;
      /** e.g. `g4dn.xlarge` */
      instanceType: string;
      gpu?: {
        /** As in the node label `nvidia.com/gpu.product`. */
        product: string;
        count: number;
        /** As CUDA sees it: a T4 has 14.56. */
        memoryGiB: number;
      };
      /** What pods can use on one node. */
      allocatable: { cpu: string; memory: string };
      nodeSelector?: { [label: string]: string };
      tolerations?: Array<{
        key: string;
        operator: 'Exists' | 'Equal';
        value?: string;
        effect?: string;
      }>;
      /** Nodes that the group keeps. */
      minNodes: number;
      /** Nodes that the group may grow to. */
      maxNodes: number;
      /** USD per node and hour. */
      pricePerHour?: number;
    }>;
  };
}
