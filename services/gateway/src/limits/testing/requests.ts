import type { ServiceError } from '@llm-platform/service-kit';
import type { Credential } from '../../credentials';
import { toLimitValues, type LimitSettings } from '../limitKinds';
import { readLimitsConfig, type LimitsConfig } from '../limitsConfig';
import type { Admission, AdmissionRequest, Reservation } from '../types';

/** Noon, 30 seconds into its minute, eight days before the month's end. */
export const NOON = Date.parse('2026-11-23T12:00:30Z');

/** An application key with limits of its own. */
export function keyWith(
  limits: LimitSettings,
  over: Partial<Credential> = {},
): Credential {
  const values = toLimitValues(limits);
  return {
    kind: 'application-key',
    id: 'k1',
    team: 'quant',
    models: new Set(['*']),
    ...(values && { limits: values }),
    ...over,
  };
}

/** The credential of a person at the portal. */
export function person(subject: string, team = 'quant'): Credential {
  return {
    kind: 'portal-token',
    id: 'p1',
    team,
    models: new Set(['*']),
    subject,
  };
}

export function configOf(value: unknown): LimitsConfig {
  const result = readLimitsConfig(value);
  if ('problems' in result) {
    throw new Error(result.problems.join(', '));
  }
  return result.config;
}

/** A request that reserves `tokens` tokens, 10 of them for its prompt. */
export function requestOf(
  credential: Credential,
  tokens = 100,
  model = 'smol',
): AdmissionRequest {
  return { credential, model, promptBytes: 30, maxTokens: tokens - 10 };
}

/** How many of these requests are admitted one after the other; they stay unsettled. */
export async function admitted(
  limits: Admission,
  request: AdmissionRequest,
  times: number,
): Promise<Reservation[]> {
  const reservations: Reservation[] = [];
  for (let i = 0; i < times; i += 1) {
    try {
      reservations.push(await limits.admit(request));
    } catch (error) {
      if ((error as ServiceError).status !== 429) {
        throw error;
      }
    }
  }
  return reservations;
}

/** The error that a request is refused with. */
export async function refusalOf(
  limits: Admission,
  request: AdmissionRequest,
): Promise<ServiceError> {
  try {
    await limits.admit(request);
  } catch (error) {
    return error as ServiceError;
  }
  throw new Error('The request was admitted');
}
