import type { FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { RequestFacts, ServiceLogger } from '../http';
import type { ModelAnswer, ModelClient, OtherModel } from '../models';
import type { Tracing } from '../telemetry';
import type { EnvironmentOf } from './environment';
import type { TeamServiceApp } from './zodRoutes';

/** What a team service's own routes work with. @public */
export interface TeamService<Own extends z.ZodRawShape = z.ZodRawShape> {
  env: EnvironmentOf<Own>;
  logger: ServiceLogger;
  registry: Registry;
  tracing: Tracing;
  /** What `/predict` asks. */
  model: ModelClient;
  /** Aborts when the service must end now, because its grace period is over. */
  stopping: AbortSignal;
  /** Aborts when the client of a reply has left, or the service must end. */
  signalOf(reply: FastifyReply): AbortSignal;
}

/** A team service: what it is and what it does beside the rest. @public */
export interface TeamServiceDefinition<
  Own extends z.ZodRawShape = z.ZodRawShape,
> {
  /** As its image and its Service in the cluster are called. */
  name: string;
  title: string;
  description: string;
  /** Its own environment variables. */
  environment: Own;
  /** Largest request body in bytes where MAX_BODY_BYTES doesn't say; 1 MiB if left out. */
  bodyLimit?: number;
  /** Which model `/predict` asks; the one that the environment names if left out. */
  model?(
    env: EnvironmentOf<Own>,
    connect: (other?: OtherModel) => ModelClient,
  ): ModelClient;
  /** Adds its own routes. */
  routes(app: TeamServiceApp, service: TeamService<Own>): void | Promise<void>;
}

/** Infers the types of a definition's own variables. @public */
export function defineTeamService<Own extends z.ZodRawShape>(
  definition: TeamServiceDefinition<Own>,
): TeamServiceDefinition<Own> {
  return definition;
}

/** What a model's answer adds to the request's log line: never its text. @public */
export function addAnswerFacts(facts: RequestFacts, answer: ModelAnswer): void {
  facts.model_version = answer.modelVersion;
  facts.prompt_tokens = answer.usage?.promptTokens;
  facts.completion_tokens = answer.usage?.completionTokens;
}
