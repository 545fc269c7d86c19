/** @public */
export const MODEL_API_VERSION = 'llm-platform.dev/v1alpha1';

/** Weight quantization as vLLM's `--quantization` knows it; `none` leaves the flag out. @public */
export type Quantization = 'none' | 'awq' | 'gptq' | 'fp8' | 'bitsandbytes';

/** vLLM's `--dtype`. @public */
export type Dtype = 'auto' | 'half' | 'float16' | 'bfloat16' | 'float32';

/**
 * One served model. Stored whole on the ApplySet's parent ConfigMap; nobody parses vLLM flags back.
 *
 * @public
 */
export interface ModelDeploymentSpec {
  apiVersion: typeof MODEL_API_VERSION;
  kind: 'ModelDeployment';
  metadata: {
    /** DNS label; also the name of the Deployment, Service and route. */
    name: string;
    namespace: string;
    /** Catalog group that owns it; must be the team that owns the namespace. */
    team: string;
  };
  spec: {
    model: {
      /** Hugging Face repository id, e.g. `TheBloke/Mistral-7B-Instruct-v0.2-AWQ`. */
      id: string;
      revision?: string;
      /** Only when the model is not in the shipped table: shapes pasted by the user (config.json). */
      architecture?: ModelArchitecture;
    };
    /** Id of a GPU profile, see {@link GpuProfile}. */
    profile: string;
    replicas: number;
    engine: {
      quantization: Quantization;
      dtype: Dtype;
      /** Tokens. */
      maxModelLen: number;
      /** 0 < u ≤ 1; ignored on CPU profiles. */
      gpuMemoryUtilization: number;
      tensorParallelSize?: number;
      maxNumSeqs?: number;
      maxNumBatchedTokens?: number;
      kvCacheDtype?: 'auto' | 'fp8';
      enforceEager?: boolean;
    };
    resources: {
      requests: { cpu: string; memory: string };
      limits: { cpu: string; memory: string };
    };
    /** Cache volume for the weights, mounted at vLLM's Hugging Face cache. */
    storage: { size: string; storageClassName?: string };
    /** Secret with the Hugging Face token, in the same namespace. */
    tokenSecret?: { name: string; key: string };
  };
}

/**
 * Shape of a transformer, as far as memory needs it. Same fields as Hugging Face's config.json,
 * in camelCase. Missing facts are `undefined`, never 0.
 *
 * @public
 */
export interface ModelArchitecture {
  attention: 'mha' | 'gqa' | 'mqa' | 'mla';
  numHiddenLayers: number;
  numAttentionHeads: number;
  numKeyValueHeads: number;
  headDim: number;
  hiddenSize: number;
  intermediateSize?: number;
  vocabSize: number;
  maxPositionEmbeddings?: number;
  tieWordEmbeddings?: boolean;
  slidingWindow?: number;
  fullAttentionLayers?: number;
  slidingAttentionLayers?: number;
  linearAttentionLayers?: number;
  globalHeadDim?: number;
  globalNumKeyValueHeads?: number;
  kvLoraRank?: number;
  qkRopeHeadDim?: number;
  numExperts?: number;
  moeIntermediateSize?: number;
  totalParams?: number;
  /** Published size of the checkpoint in GiB, where known for exactly this checkpoint. */
  weightsGiB?: number;
  /** Gated-delta-net (linear) layers keep a fixed state per request, sized by these five. */
  linearNumValueHeads?: number;
  linearNumKeyHeads?: number;
  linearKeyHeadDim?: number;
  linearValueHeadDim?: number;
  linearConvKernelDim?: number;
  /** How the checkpoint itself is quantized (config.json's `quantization_config.quant_method`). */
  quantMethod?: string;
  /** Bits per weight of the quantized layers. */
  quantBits?: number;
  /** Whether the repository asks for a token. */
  gated?: boolean;
}
