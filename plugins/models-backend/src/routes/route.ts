import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';

/** A request of a signed-in person. */
export interface RouteContext {
  req: Request;
  res: Response;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
}

export interface RouteOptions {
  /** Kebab-case, what the event is called in the audit log. */
  eventId: string;
  severityLevel?: AuditorServiceEventSeverityLevel;
}

type Handler = (context: RouteContext) => Promise<unknown>;

/**
 * Wraps the routes of the plugin: who asks, and what goes into the audit log. Every write leaves an event, with its
 * outcome; a read leaves one when it is denied.
 */
export class Routes {
  readonly #httpAuth: HttpAuthService;
  readonly #auditor: AuditorService;

  static create(options: {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  }): Routes {
    return new Routes(options.httpAuth, options.auditor);
  }

  private constructor(httpAuth: HttpAuthService, auditor: AuditorService) {
    this.#httpAuth = httpAuth;
    this.#auditor = auditor;
  }

  /** Answers what the handler returns as JSON. */
  read(options: RouteOptions, handler: Handler): RequestHandler {
    return async (req, res) => {
      const answer = await this.#auditDenial(options, req, async () =>
        handler(await this.#context(req, res)),
      );
      res.setHeader('Cache-Control', 'no-store');
      res.json(answer);
    };
  }

  /** The handler answers by itself. */
  stream(options: RouteOptions, handler: Handler): RequestHandler {
    return async (req, res) => {
      await this.#auditDenial(options, req, async () =>
        handler(await this.#context(req, res)),
      );
    };
  }

  /** Answers what the handler returns as JSON; `about` says in the audit log what was changed. */
  write(
    options: RouteOptions & { about(req: Request): JsonObject },
    handler: Handler,
  ): RequestHandler {
    return async (req, res) => {
      const context = await this.#context(req, res);
      const event = await this.#auditor.createEvent({
        eventId: options.eventId,
        severityLevel: options.severityLevel ?? 'medium',
        request: req,
        meta: options.about(req),
      });
      let answer: unknown;
      try {
        answer = await handler(context);
      } catch (error) {
        await event.fail({ error: toError(error) });
        throw error;
      }
      await event.success();
      res.setHeader('Cache-Control', 'no-store');
      res.json(answer);
    };
  }

  async #context(req: Request, res: Response): Promise<RouteContext> {
    return {
      req,
      res,
      credentials: await this.#httpAuth.credentials(req, { allow: ['user'] }),
    };
  }

  async #auditDenial<T>(
    options: RouteOptions,
    req: Request,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (toError(error).name === 'NotAllowedError') {
        const event = await this.#auditor.createEvent({
          eventId: options.eventId,
          severityLevel: options.severityLevel ?? 'medium',
          request: req,
          meta: { ...req.params },
        });
        await event.fail({ error: toError(error) });
      }
      throw error;
    }
  }
}

/** Parses what came from outside; throws an InputError that names each wrong field. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(issue =>
          issue.path.length > 0
            ? `${issue.path.join('.')}: ${issue.message}`
            : issue.message,
        )
        .join('; '),
    );
  }
  return parsed.data;
}

const dnsLabel = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is not a DNS label');

/** Name of a pod or Deployment: a DNS subdomain. */
export const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'is not a Kubernetes name');

/** `:cluster/:namespace/:name` of a path. */
export const refParams = z.object({
  cluster: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'is not a cluster name'),
  namespace: dnsLabel,
  name: objectName,
});

/** A query parameter that is `true` or `false`. */
export const booleanParam = z
  .enum(['true', 'false'])
  .default('false')
  .transform(value => value === 'true');
