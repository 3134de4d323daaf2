import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import { withFittingOptions, type ImportConfiguration } from '@muster/import-model';
import { newId, UnitOfWork, violatedConstraint } from '@muster/persistence';
import { checkVersion, decodeCursor, toPage, type Caller, type PageQuery } from '@muster/platform';
import { expectationOf, NOT_EXPECTED, RunsOfConfigurations } from '../expected-runs/runs-of-configuration.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { EntitySchemas } from '../schema/entity-schemas.js';
import { asStored } from './as-stored.js';
import { readConfiguration } from './read-configuration.js';
import {
  MOST_VERSIONS,
  savedConfigurationDto,
  summaryDto,
  versionDto,
  type ConfigurationListQuery,
  type ConfigurationVersionPage,
  type SaveConfigurationBody,
  type SavedConfigurationDto,
  type SavedConfigurationPage,
} from './saved-configuration.dto.js';
import { ConfigurationVersion, SavedConfiguration } from './saved-configuration.entity.js';
import { SavedConfigurationsRepository, type ConfigurationPlace } from './saved-configurations.repository.js';

const MOST_CONFIGURATIONS = 1_000;

/** What a request says about the configuration of an import: one of the three. */
export interface ConfigurationChoice {
  readonly configuration?: unknown;
  readonly configurationId?: string | undefined;
  readonly configurationName?: string | undefined;
}

export interface ChosenConfiguration {
  readonly document: unknown;
  /** Of a saved configuration. */
  readonly configurationId: Id | null;
  readonly configurationVersion: number | null;
}

@Injectable()
export class SavedConfigurations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: SavedConfigurationsRepository,
    private readonly schemas: EntitySchemas,
    private readonly companies: CompanyProfile,
    private readonly runs: RunsOfConfigurations,
  ) {}

  /** @throws Problem configuration_invalid, configuration_name_taken, too_many_configurations */
  async create(caller: Caller, body: SaveConfigurationBody): Promise<SavedConfigurationDto> {
    const document = await this.read(caller, body);
    const { timeZone } = await this.companies.of(caller.companyId);
    return this.uow.run(caller, async (manager) => {
      if ((await this.repository.count(manager)) >= MOST_CONFIGURATIONS) {
        throw new Problem('too_many_configurations', { params: { limit: MOST_CONFIGURATIONS } });
      }
      const now = new Date();
      const { companyId } = caller;
      const made = { id: newId(), companyId, version: 1, createdAt: now, updatedAt: now, entity: document.entity };
      const expectation = expectationOf(NOT_EXPECTED, body.expectedBy, now);
      const saved = Object.assign(new SavedConfiguration(), made, nameOf(body.name), expectation);
      const version = versionOf(saved, document, caller);
      await this.repository.insert(manager, saved, version).catch((error: unknown) => {
        throw nameTaken(error, saved.name);
      });
      return savedConfigurationDto(saved, version, await this.runs.of(manager, saved, timeZone, now));
    });
  }

  /** By name. @throws Problem invalid_cursor */
  list(caller: Caller, { entity, name, cursor, limit }: ConfigurationListQuery): Promise<SavedConfigurationPage> {
    const after = placeOf(cursor);
    return this.uow.run(caller, async (manager) => {
      if (name !== undefined) {
        const found = await this.repository.findByName(manager, nameOf(name).nameKey);
        return { items: found ? [summaryDto(found)] : [], nextCursor: null };
      }
      const rows = await this.repository.list(manager, { entity, after, limit: limit + 1 });
      const { items, nextCursor } = toPage(rows, limit, ({ nameKey, id }) => [nameKey, id]);
      return { items: items.map(summaryDto), nextCursor };
    });
  }

  /** @throws Problem configuration_not_found */
  async get(caller: Caller, id: Id): Promise<SavedConfigurationDto> {
    const { timeZone } = await this.companies.of(caller.companyId);
    return this.uow.run(caller, async (manager) => {
      const saved = await this.repository.get(manager, id);
      const runs = await this.runs.of(manager, saved, timeZone, new Date());
      return savedConfigurationDto(saved, await this.repository.version(manager, saved.id, saved.version), runs);
    });
  }

  /** As it was at a version, preset the latest. @throws Problem configuration_not_found */
  at(caller: Caller, id: Id, version: number | undefined): Promise<ConfigurationVersion> {
    return this.uow.run(caller, async (manager) => {
      const saved = await this.repository.get(manager, id);
      return this.repository.version(manager, saved.id, version ?? saved.version);
    });
  }

  /**
   * The document that came with a request, or the saved one that it names as it is now.
   * @throws Problem configuration_not_chosen, configuration_not_found
   */
  async chosen(caller: Caller, choice: ConfigurationChoice): Promise<ChosenConfiguration> {
    const { configuration, configurationId, configurationName } = choice;
    const given = [configuration, configurationId, configurationName].filter((one) => one !== undefined);
    if (given.length !== 1) throw new Problem('configuration_not_chosen');
    if (configuration !== undefined)
      return { document: configuration, configurationId: null, configurationVersion: null };
    return this.uow.run(caller, async (manager) => {
      const id = configurationId ?? (await this.idOf(manager, configurationName ?? ''));
      const saved = await this.repository.get(manager, id);
      const { version: configurationVersion, document } = await this.repository.version(manager, id, saved.version);
      // It was checked when it was saved, perhaps before options that mean nothing for its entity were refused.
      return { document: withFittingOptions(document), configurationId: id, configurationVersion };
    });
  }

  private async idOf(manager: EntityManager, name: string): Promise<Id> {
    const saved = await this.repository.findByName(manager, nameOf(name).nameKey);
    if (!saved) throw new Problem('configuration_not_found');
    return saved.id;
  }

  /**
   * Writes a new version; where nothing differs, none.
   * @throws Problem configuration_not_found, version_conflict, configuration_invalid, configuration_name_taken
   */
  async replace(
    caller: Caller,
    id: Id,
    body: SaveConfigurationBody,
    expected: number | undefined,
  ): Promise<SavedConfigurationDto> {
    const document = await this.read(caller, body);
    const { timeZone } = await this.companies.of(caller.companyId);
    return this.uow.run(caller, async (manager) => {
      const now = new Date();
      const saved = await this.repository.getLocked(manager, id);
      checkVersion(expected, saved.version);
      Object.assign(saved, expectationOf(saved, body.expectedBy, now));
      await this.repository.expect(manager, saved);
      const runs = await this.runs.of(manager, saved, timeZone, now);
      const present = await this.repository.version(manager, saved.id, saved.version);
      const name = nameOf(body.name);
      if (name.name === saved.name && isDeepStrictEqual(present.document, asStored(document))) {
        return savedConfigurationDto(saved, present, runs);
      }
      const change = { ...name, entity: document.entity, version: saved.version + 1, updatedAt: now };
      const changed = Object.assign(new SavedConfiguration(), saved, change);
      const next = versionOf(changed, document, caller);
      await this.repository.change(manager, changed, next).catch((error: unknown) => {
        throw nameTaken(error, changed.name);
      });
      return savedConfigurationDto(changed, next, runs);
    });
  }

  private async read({ companyId }: Caller, { configuration }: SaveConfigurationBody): Promise<ImportConfiguration> {
    return readConfiguration(configuration, await this.schemas.forDocument(companyId, configuration));
  }

  /** Imports that used it keep what it said. @throws Problem configuration_not_found, version_conflict */
  remove(caller: Caller, id: Id, expected: number | undefined): Promise<void> {
    return this.uow.run(caller, async (manager) => {
      const saved = await this.repository.getLocked(manager, id);
      checkVersion(expected, saved.version);
      await this.repository.remove(manager, saved.id);
    });
  }

  /** The latest first. @throws Problem configuration_not_found, invalid_cursor */
  versions(caller: Caller, id: Id, { cursor, limit }: PageQuery): Promise<ConfigurationVersionPage> {
    const before = versionBefore(cursor);
    return this.uow.run(caller, async (manager) => {
      const saved = await this.repository.get(manager, id);
      const rows = await this.repository.versions(manager, saved.id, limit + 1, before);
      const { items, nextCursor } = toPage(rows, limit, ({ version }) => [version]);
      return { items: items.map(versionDto), nextCursor };
    });
  }
}

/** A name, and by what it is found in any letter case. */
function nameOf(text: string) {
  const name = text.normalize('NFC').trim();
  return { name, nameKey: name.toLowerCase() };
}

function versionOf(saved: SavedConfiguration, document: ImportConfiguration, { actor }: Caller): ConfigurationVersion {
  const { companyId, id: configurationId, version, name, updatedAt: createdAt } = saved;
  const values = { companyId, configurationId, version, name, document, createdBy: actor, createdAt };
  return Object.assign(new ConfigurationVersion(), values);
}

function nameTaken(error: unknown, name: string): unknown {
  if (violatedConstraint(error) !== 'UQ_import_configuration_name') return error;
  return new Problem('configuration_name_taken', { params: { name }, cause: error });
}

function placeOf(cursor: string | undefined): ConfigurationPlace | undefined {
  if (cursor === undefined) return undefined;
  const [nameKey, id] = decodeCursor(cursor, 2);
  if (typeof nameKey !== 'string' || !isId(id)) throw new Problem('invalid_cursor');
  return { nameKey, id };
}

function versionBefore(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const [version] = decodeCursor(cursor, 1);
  const isVersion = typeof version === 'number' && Number.isInteger(version) && version > 0 && version <= MOST_VERSIONS;
  if (!isVersion) throw new Problem('invalid_cursor');
  return version;
}
