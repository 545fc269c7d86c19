import { z } from 'zod';
import { envBaseUrl, envInteger, withoutTrailingSlash } from '../environment';

const seconds = (value: number) =>
  envInteger({ min: 1, max: 86_400, default: value });

/** The variables that say which model a service asks and how. */
export const modelVariables = {
  // People add the `/v1` that OpenAI's clients want.
  VLLM_BASE_URL: envBaseUrl()
    .transform(url => withoutTrailingSlash(url.replace(/\/v1$/, '')))
    .optional(),
  VLLM_API_KEY: z.string().optional(),
  SAGEMAKER_ENDPOINT_NAME: z
    .string()
    .regex(
      /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
      'must be the name of a SageMaker endpoint (letters, digits and hyphens, 63 at most)',
    )
    .optional(),
  SAGEMAKER_RUNTIME_URL: envBaseUrl().optional(),
  AWS_REGION: z.string().optional(),
  MODEL: z.string().optional(),
  MODEL_API: z.enum(['completions', 'chat']).default('completions'),
  MODEL_TIMEOUT_SECONDS: seconds(120),
  CONNECT_TIMEOUT_SECONDS: seconds(3),
  CHECK_INTERVAL_SECONDS: seconds(2),
  HTTP_PROXY: z.url().optional(),
  NO_PROXY: z.string().optional(),
};

/** @public */
export type ModelEnvironment = z.output<z.ZodObject<typeof modelVariables>>;

/** What is wrong with the choice of a backend: there must be exactly one. */
export function backendProblems(
  given: Record<string, string | undefined>,
): string[] {
  const { VLLM_BASE_URL, SAGEMAKER_ENDPOINT_NAME, AWS_REGION } = given;
  const problems: string[] = [];
  if (!VLLM_BASE_URL && !SAGEMAKER_ENDPOINT_NAME) {
    problems.push(
      'VLLM_BASE_URL, SAGEMAKER_ENDPOINT_NAME: one of the two must say which model answers',
    );
  }
  if (VLLM_BASE_URL && SAGEMAKER_ENDPOINT_NAME) {
    problems.push(
      'VLLM_BASE_URL, SAGEMAKER_ENDPOINT_NAME: both are set, and only one can answer',
    );
  }
  if (SAGEMAKER_ENDPOINT_NAME) {
    if (!AWS_REGION) {
      problems.push('AWS_REGION: must be set with SAGEMAKER_ENDPOINT_NAME');
    }
    for (const name of ['MODEL', 'MODEL_API', 'VLLM_API_KEY']) {
      if (given[name]) {
        problems.push(
          `${name}: means something to vLLM only, not to a SageMaker endpoint`,
        );
      }
    }
  }
  return problems;
}
