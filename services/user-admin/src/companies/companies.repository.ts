import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { isId, type Id } from '@muster/contracts';
import { Company } from './company.entity.js';

@Injectable()
export class CompaniesRepository {
  async insert(manager: EntityManager, company: Company): Promise<void> {
    await manager.insert(Company, company);
  }

  /** A deleted company is not found, here and below. */
  find(manager: EntityManager, id: Id): Promise<Company | null> {
    return manager.findOneBy(Company, { id, deletedAt: IsNull() });
  }

  /** As {@link find}, and nobody else changes it until the unit of work ends. */
  findLocked(manager: EntityManager, id: Id): Promise<Company | null> {
    return manager.findOne(Company, { where: { id, deletedAt: IsNull() }, lock: { mode: 'pessimistic_write' } });
  }

  async change(manager: EntityManager, id: Id, change: Partial<Company>): Promise<void> {
    await manager.update(Company, { id }, change);
  }

  /** Ends what lets people and connectors of the company in: sessions, tokens and keys. */
  async endAccess(manager: EntityManager, id: Id): Promise<void> {
    await manager.query(`select end_access(array(select id from user_account where company_id = $1))`, [id]);
    await manager.query(`update api_key set revoked_at = now() where company_id = $1 and revoked_at is null`, [id]);
  }

  /** For a unit of work of the worker: all companies by name, after `afterKey`. */
  list(manager: EntityManager, limit: number, afterKey?: string): Promise<Company[]> {
    const query = manager.createQueryBuilder(Company, 'c').where('c.deletedAt is null');
    query.orderBy('c.nameKey', 'ASC').limit(limit);
    if (afterKey !== undefined) query.andWhere('c.nameKey > :afterKey', { afterKey });
    return query.getMany();
  }

  /** For a unit of work of the worker: the company that a person means who types its name, in any letter case, or its id. */
  async idOf(manager: EntityManager, nameOrId: string): Promise<Id | undefined> {
    const [row] = await manager.query<{ id: Id }[]>(
      `select id from company where (id = $1 or name_key = lower($2)) and deleted_at is null
        order by id = $1 desc nulls last limit 1`,
      [isId(nameOrId) ? nameOrId : null, nameOrId],
    );
    return row?.id;
  }
}
