import { z } from 'zod';
import { architectureSchema } from './architectureSchema';
import { resourcesSchema, storageSchema } from './resourcesSchema';
import { text, wholeNumber } from './rules';
import { MODEL_API_VERSION, type ModelDeploymentSpec } from './types';

const DNS_LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const GROUP_NAME = /^[a-z0-9]([-_.a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const MODEL_ID =
  /^(?=.{1,128}$)([A-Za-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]*[A-Za-z0-9]$/;
const REVISION = /^[A-Za-z0-9][\w./-]{0,127}$/;

const metadataSchema = z.strictObject({
  name: text(
    value => DNS_LABEL.test(value),
    'must be 1 to 63 lower-case letters, digits and "-", start with a letter and end with a letter or digit',
    'for example "mistral-7b"',
  ),
  namespace: text(
    value => NAMESPACE.test(value),
    'is no namespace: 1 to 63 lower-case letters, digits and "-"',
    "choose one of your team's namespaces",
  ),
  team: text(
    value => GROUP_NAME.test(value),
    'is no team: the name of a catalog Group is needed, without "group:default/"',
    'for example "quant"',
  ),
});

const modelSchema = z.strictObject({
  id: text(
    value => MODEL_ID.test(value) && !/\.\.|--/.test(value),
    'is no Hugging Face model id (owner/name)',
    'for example "TheBloke/Mistral-7B-Instruct-v0.2-AWQ"',
  ),
  revision: text(
    value => REVISION.test(value) && !value.includes('..'),
    'is no branch, tag or commit',
    'leave it out for the default branch',
  ).optional(),
  architecture: architectureSchema.optional(),
});

const engineSchema = z
  .strictObject({
    quantization: z.enum(['none', 'awq', 'gptq', 'fp8', 'bitsandbytes']),
    dtype: z.enum(['auto', 'half', 'float16', 'bfloat16', 'float32']),
    maxModelLen: wholeNumber(1, 10_485_760, 'tokens'),
    gpuMemoryUtilization: z.number().refine(value => value > 0 && value <= 1, {
      error: issue =>
        `${issue.input} must be above 0 and at most 1: 0.9 keeps a tenth of the GPU free`,
    }),
    tensorParallelSize: wholeNumber(1, 16, 'GPUs').optional(),
    maxNumSeqs: wholeNumber(1, 4096, 'requests').optional(),
    maxNumBatchedTokens: wholeNumber(1, 1_048_576, 'tokens').optional(),
    kvCacheDtype: z.enum(['auto', 'fp8']).optional(),
    enforceEager: z.boolean().optional(),
  })
  .superRefine((engine, context) => {
    if (
      engine.quantization === 'awq' &&
      (engine.dtype === 'bfloat16' || engine.dtype === 'float32')
    ) {
      context.addIssue({
        code: 'custom',
        path: ['dtype'],
        message: `"${engine.dtype}" does not work with AWQ, which vLLM computes in half only: choose "half"`,
      });
    }
    const { maxNumSeqs, maxNumBatchedTokens } = engine;
    if (
      maxNumSeqs !== undefined &&
      maxNumBatchedTokens !== undefined &&
      maxNumBatchedTokens < maxNumSeqs
    ) {
      context.addIssue({
        code: 'custom',
        path: ['maxNumBatchedTokens'],
        message: `${maxNumBatchedTokens} is below maxNumSeqs ${maxNumSeqs}, which vLLM refuses: raise it to at least ${maxNumSeqs}`,
      });
    }
  });

/** The one schema of a model deployment; unknown keys are refused. @public */
export const modelDeploymentSpecSchema: z.ZodType<ModelDeploymentSpec> =
  z.strictObject({
    apiVersion: z.literal(MODEL_API_VERSION),
    kind: z.literal('ModelDeployment'),
    metadata: metadataSchema,
    spec: z.strictObject({
      model: modelSchema,
      profile: text(
        value => DNS_LABEL.test(value),
        'is no profile id',
        'choose one of the form\'s GPU profiles, for example "t4"',
      ),
      replicas: wholeNumber(0, 64, 'replicas'),
      engine: engineSchema,
      resources: resourcesSchema,
      storage: storageSchema(value => DNS_SUBDOMAIN.test(value)),
      tokenSecret: z
        .strictObject({
          name: text(
            value => DNS_SUBDOMAIN.test(value),
            'is no Secret name',
            'for example "hf-token"',
          ),
          key: text(
            value => SECRET_KEY.test(value),
            'is no key of a Secret: letters, digits, "-", "_" and "."',
            'for example "token"',
          ),
        })
        .optional(),
    }),
  });
