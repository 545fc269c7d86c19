import { isPodReady } from '../kube';
import { splitStamp } from '../timeline/vllmLog';
import { objectName, statusesOf, type Rule } from './facts';
import type { Diagnosis } from './types';

interface LogRule {
  cause: string;
  pattern: RegExp;
  phase: Diagnosis['phase'];
  title: string;
  explain: (match: RegExpExecArray) => string;
  remedy: (match: RegExpExecArray) => string;
}

const SMALLER =
  'Use a quantized (AWQ) checkpoint, a shorter maximum length, or a GPU with more memory.';

/** vLLM's and PyTorch's own words, most specific first. Heads only: the advice after them varies. */
const LOG_RULES: LogRule[] = [
  {
    cause: 'kv-cache-too-small',
    pattern:
      /To serve at least one request with the model(?:s's|'s) max seq len \((\d+)\), \(?([\d.]+) ?GiB KV cache is needed, which is larger than the available KV cache memory \(([\d.]+) ?GiB\)(?:.*?estimated maximum model length is (\d+))?/,
    phase: 'kv-cache-sized',
    title: 'The KV cache is too small for one request',
    explain: ([, length, needed, available]) =>
      `One request of ${length} tokens needs ${needed} GiB of KV cache and ${available} GiB are left.`,
    remedy: ([, , , , estimate]) =>
      estimate
        ? `Lower the maximum length to ${estimate} tokens or less, raise the memory utilization, or use a larger GPU.`
        : SMALLER,
  },
  {
    cause: 'kv-cache-too-small',
    pattern:
      /max seq len \((\d+)\) is larger than the maximum number of tokens that can be stored in KV cache \((\d+)\)/,
    phase: 'kv-cache-sized',
    title: 'The KV cache is too small for one request',
    explain: ([, length, capacity]) =>
      `One request may have ${length} tokens and the KV cache holds ${capacity}.`,
    remedy: ([, , capacity]) =>
      `Lower the maximum length to ${capacity} tokens or less, or use a quantized checkpoint.`,
  },
  {
    cause: 'no-kv-cache-memory',
    pattern: /No available memory for the cache blocks/,
    phase: 'kv-cache-sized',
    title: 'Weights leave no memory for the KV cache',
    explain: () =>
      'Weights and overhead use up all the memory that vLLM may use.',
    remedy: () => SMALLER,
  },
  {
    cause: 'gpu-memory-taken',
    pattern:
      /Free memory on device(?: cuda:\d+)? \(([\d.]+)\/([\d.]+) GiB\) on startup is less than desired GPU memory utilization \(([\d.]+), ([\d.]+) GiB\)/,
    phase: 'weights-loaded',
    title: 'Something else uses the GPU',
    explain: ([, free, total, utilization, desired]) =>
      `${free} of ${total} GiB are free and vLLM wants ${desired} GiB (utilization ${utilization}).`,
    remedy: () =>
      'Find the other process on that GPU, or lower the memory utilization.',
  },
  {
    cause: 'cuda-out-of-memory',
    pattern:
      /CUDA out of memory\. Tried to allocate ([\d.]+ [MG]iB)\. GPU (\d+) has a total capac(?:i)?ty of ([\d.]+) GiB of which ([\d.]+ [MG]iB) is free/,
    phase: 'weights-loaded',
    title: 'The GPU ran out of memory',
    explain: ([, wanted, gpu, total, free]) =>
      `GPU ${gpu} has ${total} GiB, ${free} were free, and ${wanted} more were asked for.`,
    remedy: () => SMALLER,
  },
  {
    cause: 'max-length-too-long',
    pattern:
      /User-specified max_model_len \((\d+)\) is greater than the derived max_model_len \([^)]*?(\d+)/,
    phase: 'weights-loaded',
    title: 'The maximum length is above the model’s own',
    explain: ([, asked, derived]) =>
      `${asked} tokens are asked for and the model has ${derived} positions.`,
    remedy: ([, , derived]) => `Set the maximum length to ${derived} or less.`,
  },
  {
    cause: 'dtype-unsupported',
    pattern:
      /Bfloat16 is only supported on GPUs with compute capability of at least 8\.0\.(?: Your (.+?) GPU has compute capability ([\d.]+))?/,
    phase: 'weights-loaded',
    title: 'The GPU does not know bfloat16',
    explain: ([, product, capability]) =>
      product
        ? `${product} has compute capability ${capability}; bfloat16 needs 8.0.`
        : 'bfloat16 needs compute capability 8.0.',
    remedy: () => 'Set the data type to half.',
  },
  {
    cause: 'model-access-denied',
    pattern:
      /(?:GatedRepoError|Cannot access gated repo|Access to model \S+ is restricted).*/,
    phase: 'weights-downloaded',
    title: 'Hugging Face refuses access to the model',
    explain: () =>
      'The repository is gated and the token is missing, wrong or not yet granted access.',
    remedy: () =>
      "Accept the model's licence with your account and put its token into the Secret of the spec.",
  },
  {
    cause: 'model-not-found',
    pattern:
      /(\S+) is not a local folder and is not a valid model identifier|RepositoryNotFoundError/,
    phase: 'weights-downloaded',
    title: 'The model does not exist on Hugging Face',
    explain: ([, id]) =>
      id ? `There is no repository ${id}.` : 'There is no such repository.',
    remedy: () => 'Correct the model id, or give a token if it is private.',
  },
];

function fromLog(lines: string[], object: string): Diagnosis[] {
  for (const rule of LOG_RULES) {
    for (const line of lines) {
      const { text } = splitStamp(line);
      const match = rule.pattern.exec(text);
      if (match) {
        return [
          {
            cause: rule.cause,
            severity: 'error',
            phase: rule.phase,
            title: rule.title,
            explanation: rule.explain(match),
            evidence: [{ object: `${object} log`, text: match[0] }],
            remedy: rule.remedy(match),
          },
        ];
      }
    }
  }
  return [];
}

const logs: Rule = facts =>
  facts.pods
    .filter(pod => !isPodReady(pod))
    .flatMap(pod =>
      fromLog(
        facts.logLines?.[pod.metadata?.name ?? ''] ?? [],
        objectName('Pod', pod),
      ),
    );

const oomKilled: Rule = facts =>
  statusesOf(facts).flatMap(({ pod, status }): Diagnosis[] => {
    const ended = [status.state?.terminated, status.lastState?.terminated];
    const killed = ended.some(state => state?.reason === 'OOMKilled');
    if (!killed || isPodReady(pod)) {
      return [];
    }
    const limit = pod.spec?.containers.find(({ name }) => name === status.name)
      ?.resources?.limits?.memory;
    return [
      {
        cause: 'container-out-of-memory',
        severity: 'error',
        title: 'The container was killed for using too much memory',
        explanation: limit
          ? `It went over its memory limit of ${limit} (the node's memory, not the GPU's).`
          : 'The node ran out of memory.',
        evidence: [
          {
            object: objectName('Pod', pod),
            text: `${status.name}: OOMKilled, ${status.restartCount} restart(s)`,
          },
        ],
        remedy: 'Raise the memory limit within what the node offers.',
      },
    ];
  });

/** Incident 16 and its relatives. */
export const memoryRules: Rule[] = [logs, oomKilled];
