import { z } from 'zod';

const price = z.number().nonnegative();

const schema = z.strictObject({
  region: z.string(),
  hoursPerMonth: z.number().positive(),
  /** By CloudFormation type, or by what is counted within one. */
  usdPerHour: z.record(z.string(), price),
  usdPerMonth: z.record(z.string(), price),
  /** What depends on use: quantities are assumptions, to be set to one's own. */
  use: z.array(
    z.strictObject({
      what: z.string(),
      quantity: price,
      unit: z.string(),
      usdPerMonth: price,
    }),
  ),
  /** Types that cost nothing by being there. */
  free: z.array(z.string()),
});

/** Prices, USD. @public */
export type Prices = z.infer<typeof schema>;

/** @throws Error that names what is wrong with a price file. @public */
export function parsePrices(content: unknown): Prices {
  const result = schema.safeParse(content);
  if (!result.success) {
    throw new Error(`The price file: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}
