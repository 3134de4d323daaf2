import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import { ConfigurationVersion, SavedConfiguration } from './saved-configuration.entity.js';

/** Where a page of the list begins. */
export interface ConfigurationPlace {
  readonly nameKey: string;
  readonly id: Id;
}

interface ListRequest {
  readonly entity: string | undefined;
  readonly after: ConfigurationPlace | undefined;
  readonly limit: number;
}

export class SavedConfigurationsRepository {
  async insert(manager: EntityManager, saved: SavedConfiguration, version: ConfigurationVersion): Promise<void> {
    await manager.insert(SavedConfiguration, saved);
    await manager.insert(ConfigurationVersion, version);
  }

  count(manager: EntityManager): Promise<number> {
    return manager.count(SavedConfiguration);
  }

  /** @throws Problem configuration_not_found, also for one of another company */
  async get(manager: EntityManager, id: Id): Promise<SavedConfiguration> {
    const saved = isId(id) ? await manager.findOneBy(SavedConfiguration, { id }) : null;
    if (!saved) throw new Problem('configuration_not_found');
    return saved;
  }

  /** As {@link get}, and nobody else changes it until the unit of work ends. */
  async getLocked(manager: EntityManager, id: Id): Promise<SavedConfiguration> {
    const query = { where: { id }, lock: { mode: 'pessimistic_write' } } as const;
    const saved = isId(id) ? await manager.findOne(SavedConfiguration, query) : null;
    if (!saved) throw new Problem('configuration_not_found');
    return saved;
  }

  findByName(manager: EntityManager, nameKey: string): Promise<SavedConfiguration | null> {
    return manager.findOneBy(SavedConfiguration, { nameKey });
  }

  /** By name. */
  list(manager: EntityManager, { entity, after, limit }: ListRequest): Promise<SavedConfiguration[]> {
    const query = manager.createQueryBuilder(SavedConfiguration, 'c').limit(limit);
    if (after) query.andWhere('(c.nameKey, c.id) > (:nameKey, :id)', after);
    if (entity !== undefined) query.andWhere('c.entity = :entity', { entity });
    return query.orderBy('c.nameKey', 'ASC').addOrderBy('c.id', 'ASC').getMany();
  }

  /** @throws Problem configuration_not_found when it never had such a version */
  async version(manager: EntityManager, configurationId: Id, version: number): Promise<ConfigurationVersion> {
    const found = await manager.findOneBy(ConfigurationVersion, { configurationId, version });
    if (!found) throw new Problem('configuration_not_found');
    return found;
  }

  /** The latest first, below `before`. */
  versions(
    manager: EntityManager,
    configurationId: Id,
    limit: number,
    before: number | undefined,
  ): Promise<ConfigurationVersion[]> {
    const query = manager.createQueryBuilder(ConfigurationVersion, 'v').where({ configurationId }).limit(limit);
    if (before !== undefined) query.andWhere('v.version < :before', { before });
    return query.orderBy('v.version', 'DESC').getMany();
  }

  async change(manager: EntityManager, saved: SavedConfiguration, next: ConfigurationVersion): Promise<void> {
    const { id, name, nameKey, entity, version, updatedAt } = saved;
    await manager.update(SavedConfiguration, { id }, { name, nameKey, entity, version, updatedAt });
    await manager.insert(ConfigurationVersion, next);
  }

  /** Notes by when a run is expected. */
  async expect(manager: EntityManager, saved: SavedConfiguration): Promise<void> {
    const { id, expectedBy, judgedUntil, missedAt, lookAt } = saved;
    await manager.update(SavedConfiguration, { id }, { expectedBy, judgedUntil, missedAt, lookAt });
  }

  /** With its versions; imports keep a copy of what they used. */
  async remove(manager: EntityManager, configurationId: Id): Promise<void> {
    await manager.delete(ConfigurationVersion, { configurationId });
    await manager.delete(SavedConfiguration, { id: configurationId });
  }
}
