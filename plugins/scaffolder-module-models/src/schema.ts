import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * Only the outer shape: the spec itself has one schema, `parseModelDeploymentSpec`,
 * which the validation and the backend use.
 */
export const deploymentFieldSchema = makeFieldSchema({
  output: z =>
    z.object({
      cluster: z.string().describe('Cluster that runs the model'),
      spec: z
        .record(z.unknown())
        .describe('ModelDeploymentSpec, llm-platform.dev/v1alpha1'),
    }),
});

/** Props of the field. */
export type DeploymentFieldProps = typeof deploymentFieldSchema.TProps;

/** The outer shape of a team service; the spec's one schema is `parseTeamServiceSpec`. */
export const serviceFieldSchema = makeFieldSchema({
  output: z =>
    z.object({
      cluster: z.string().describe('Cluster that runs the service'),
      spec: z
        .record(z.unknown())
        .describe('TeamServiceSpec, llm-platform.dev/v1alpha1'),
    }),
});

/** Props of the field. */
export type ServiceFieldProps = typeof serviceFieldSchema.TProps;
