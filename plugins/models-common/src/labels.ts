/**
 * Labels and annotations on everything the portal makes or reads.
 *
 * @public
 */
export const labels = {
  name: 'app.kubernetes.io/name',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  team: 'llm-platform.dev/team',
  model: 'llm-platform.dev/model',
  service: 'llm-platform.dev/service',
  /** Public model (or team service) name under which the gateway serves a Service. */
  route: 'llm-platform.dev/route',
  /** Marks a Secret in the platform namespace as a gateway application key. */
  credential: 'llm-platform.dev/credential',
  kubernetesId: 'backstage.io/kubernetes-id',
  applySetPartOf: 'applyset.kubernetes.io/part-of',
  applySetId: 'applyset.kubernetes.io/id',
} as const;

/** @public */
export const annotations = {
  /** On a Pod, Node or PV whose behaviour is simulated; the value says what is. */
  simulated: 'llm-platform.dev/simulated',
  /** Exact public model name when it is not a valid label value (contains `/`). */
  routeName: 'llm-platform.dev/route-name',
  applySetTooling: 'applyset.kubernetes.io/tooling',
  applySetContainsGroupKinds: 'applyset.kubernetes.io/contains-group-kinds',
  applySetAdditionalNamespaces: 'applyset.kubernetes.io/additional-namespaces',
  /** The run (scaffolder task) that last applied the set; makes a re-run recognisable. */
  appliedBy: 'llm-platform.dev/applied-by',
  /** Hugging Face id of the served model (too long and free for a label). */
  modelId: 'llm-platform.dev/model-id',
  /** GPU profile id that the spec asked for. */
  profile: 'llm-platform.dev/gpu-profile',
  /** Route of the model that a team service asks. */
  usesModel: 'llm-platform.dev/uses-model',
  /** URL of the repository that a team service is built from. */
  repository: 'llm-platform.dev/repository',
  /** Id of the gateway key that a Secret or pod has. */
  keyId: 'llm-platform.dev/gateway-key-id',
} as const;

/** Value of `app.kubernetes.io/part-of`. @public */
export const PART_OF = 'llm-platform';
/** Value of `app.kubernetes.io/managed-by` and server-side apply field manager. @public */
export const MANAGED_BY = 'llm-platform-portal';
/** Value of the label `credential` on the Secret of an application key. @public */
export const APPLICATION_KEY = 'application-key';
/** The gateway, from within the cluster. @public */
export const GATEWAY_INTERNAL_URL =
  'http://gateway.platform.svc.cluster.local:8000';
/** Namespace of the gateway, its keys and the portal's public signing keys. @public */
export const PLATFORM_NAMESPACE = 'platform';
/** Extended resource name of NVIDIA GPUs. @public */
export const GPU_RESOURCE = 'nvidia.com/gpu';
/** The one vLLM version pinned across manifests, log formats and fit defaults. @public */
export const VLLM_VERSION = '0.11.0';
/** @public */
export const VLLM_GPU_IMAGE = `vllm/vllm-openai:v${VLLM_VERSION}`;
/** @public */
export const VLLM_CPU_IMAGE = `public.ecr.aws/q9t5s3a7/vllm-cpu-release-repo:v${VLLM_VERSION}`;
/** Every service of the platform listens here (incident 25). @public */
export const SERVICE_PORT = 8000;
/** Metrics have a listener of their own, which no Service reaches. @public */
export const METRICS_PORT = 9090;
/** Tooling annotation of the ApplySets that the portal owns. @public */
export const APPLYSET_TOOLING = 'llm-platform-portal/v1';
