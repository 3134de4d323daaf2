import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { arrayLiteral } from '../records/array-literal.js';

const LATER = 'r.rep_id = $1 and r.deleted_at is null and (r.last_call is null or r.last_call < v.at)';
const CALLS = `unnest($2::uuid[], $3::timestamp without time zone[]) as v(id, at)`;

@Injectable()
export class LastCallRepository {
  /** Sets the last call of the rep's customers where it is later than the one known. @returns those that it changed */
  async update(manager: EntityManager, repId: Id, calls: ReadonlyMap<Id, string>): Promise<Id[]> {
    if (calls.size === 0) return [];
    const values = [repId, arrayLiteral([...calls.keys()]), arrayLiteral([...calls.values()])];
    // Locked in the order of ids, as everybody does; whom somebody else made later meanwhile stays out.
    const later = await manager.query<{ id: Id }[]>(
      `select r.id from customer r join ${CALLS} on r.id = v.id
       where r.id = any($2::uuid[]) and ${LATER} order by r.id for no key update of r`,
      values,
    );
    if (later.length === 0) return [];
    const ids = later.map(({ id }) => id);
    await manager.query(
      `update customer r set last_call = v.at, version = r.version + 1, updated_at = clock_timestamp()
       from ${CALLS} where r.id = v.id and r.id = any($4::uuid[]) and ${LATER}`,
      [...values, arrayLiteral(ids)],
    );
    return ids;
  }
}
