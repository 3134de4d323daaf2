import type { Id } from '@muster/contracts';
import { CUSTOMER_CALL, type ChunkEffect } from '@muster/import-model';

/** Fields of a report that tell of a call; what is written of them decides. */
export const CALL_FIELDS = ['type', 'customer', 'start'];

/** The latest call of each customer that reports tell of, by its begin; ids in their order. */
export function callsIn({ created, updated }: Pick<ChunkEffect, 'created' | 'updated'>): Map<Id, string> {
  const latest = new Map<Id, string>();
  for (const { values } of [...created, ...updated]) {
    const { type, customer, start } = values;
    if (type !== CUSTOMER_CALL || typeof customer !== 'string' || typeof start !== 'string') continue;
    if (start > (latest.get(customer) ?? '')) latest.set(customer, start);
  }
  return new Map([...latest].sort(([a], [b]) => (a < b ? -1 : 1)));
}
