import {
  annotations,
  gatewayKeyName,
  labels,
  PLATFORM_NAMESPACE,
  podKeyName,
  renderTeamService,
  serviceInventory,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';
import { planApply, type ApplyPlan } from '../apply';
import type { LiveObject, ObjectApi } from '../objects';
import { createGatewayKey } from './gatewayKey';

export interface ServicePlanOptions {
  api: ObjectApi;
  userRef: string;
  runId: string | undefined;
}

/**
 * What is to be applied for a team service. Its gateway key is made here, unless the cluster has both halves of one: it
 * is in the plan and nowhere else, and a key that is in use stays.
 */
export async function planService(
  spec: TeamServiceSpec,
  options: ServicePlanOptions,
): Promise<ApplyPlan> {
  const kept = await keptKeyId(spec, options.api);
  return planApply({
    ...options,
    inventory: serviceInventory,
    spec,
    members: renderTeamService(spec, {
      key: kept === undefined ? createGatewayKey() : { id: kept },
    }),
    keeps: ({ kind }) => kind === 'Secret' && kept !== undefined,
  });
}

/** Id of the key whose halves are both there; `undefined` where there is none, or only a half of one. */
async function keptKeyId(
  spec: TeamServiceSpec,
  api: ObjectApi,
): Promise<string | undefined> {
  const { name, namespace } = spec.metadata;
  const secret = { apiVersion: 'v1', kind: 'Secret' };
  const halves = await Promise.all([
    api.get({ ...secret, namespace, name: podKeyName(name) }),
    api.get({
      ...secret,
      namespace: PLATFORM_NAMESPACE,
      name: gatewayKeyName(spec.metadata),
    }),
  ]);
  const [pods, gateways] = halves.map(half => keyIdOf(half, spec));
  return pods === gateways ? pods : undefined;
}

function keyIdOf(
  secret: LiveObject | undefined,
  spec: TeamServiceSpec,
): string | undefined {
  const isOurs =
    secret?.metadata.labels?.[labels.applySetPartOf] ===
    serviceInventory.applySetId(spec.metadata);
  return isOurs && !secret.metadata.deletionTimestamp
    ? secret.metadata.annotations?.[annotations.keyId]
    : undefined;
}
