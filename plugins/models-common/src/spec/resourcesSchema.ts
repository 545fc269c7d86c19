import { z } from 'zod';
import { parseCpu, parseMemory } from '../quantities';
import { quote, text } from './rules';

const cpu = text(
  value => (parseCpu(value) ?? 0) > 0,
  'is no amount of CPU above 0',
  'cores such as "2" or "500m"',
);

const memory = text(
  value => (parseMemory(value) ?? 0) > 0,
  'is no amount of memory above 0',
  'for example "12Gi"',
);

const amounts = z.strictObject({ cpu, memory });

/** Requests and limits; a request above its limit is refused as the API server would. */
export const resourcesSchema = z
  .strictObject({ requests: amounts, limits: amounts })
  .superRefine(({ requests, limits }, context) => {
    const pairs = [
      ['cpu', parseCpu(requests.cpu), parseCpu(limits.cpu)],
      ['memory', parseMemory(requests.memory), parseMemory(limits.memory)],
    ] as const;
    for (const [name, request, limit] of pairs) {
      if (request !== undefined && limit !== undefined && request > limit) {
        context.addIssue({
          code: 'custom',
          path: ['requests', name],
          message: `${quote(requests[name])} is above its limit ${quote(
            limits[name],
          )}: lower the request or raise the limit`,
        });
      }
    }
  });

/** The cache volume. */
export function storageSchema(isClassName: (value: string) => boolean) {
  return z.strictObject({
    size: text(
      value => (parseMemory(value) ?? 0) >= 2 ** 20,
      'is no volume size of at least 1Mi',
      'for example "50Gi"',
    ),
    storageClassName: text(
      isClassName,
      'is no StorageClass name',
      "leave it out for the cluster's default",
    ).optional(),
  });
}
