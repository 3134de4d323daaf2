import { Injectable } from '@nestjs/common';
import { Problem, type Id } from '@muster/contracts';
import { parseConfiguration, type ConfigurationResult, type ImportConfiguration } from '@muster/import-model';
import { newId } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { readConfiguration } from '../configurations/read-configuration.js';
import type { ChosenConfiguration } from '../configurations/saved-configurations.service.js';
import type { SourceFile } from '../parts/part-rules.js';
import { nextStepOf } from '../parts/parts.dto.js';
import { EntitySchemas } from '../schema/entity-schemas.js';
import { UploadReader } from '../uploads/upload-reader.js';
import { requireScopeFor } from './account-scope.js';
import { initialCounters } from './counters.js';
import { ImportJob, NO_PLAN, NOT_APPROVED, NOT_WAITING } from './import-job.entity.js';
import { isUnattended } from './unattended.js';
import type { Then } from './unattended-form.js';
import { sourceAsConfigured } from './open-as-configured.js';

/** Makes imports of configurations that fit their files. */
@Injectable()
export class NewImports {
  constructor(
    private readonly schemas: EntitySchemas,
    private readonly reader: UploadReader,
  ) {}

  /** An import that is about to be staged. @throws Problem as {@link configurationFor} */
  async of(
    caller: Caller,
    uploadId: Id,
    files: readonly SourceFile[],
    { document, configurationId, configurationVersion }: ChosenConfiguration,
    then: Then | null,
  ): Promise<ImportJob> {
    const configuration = await this.configurationFor(caller, files, document);
    const nextStep = then && nextStepOf(then, configuration);
    const given = {
      id: newId(), companyId: caller.companyId, entity: configuration.entity, state: 'staging', uploadId,
      configuration, configurationId, configurationVersion, nextStep, layout: null, partOffsets: null, attempt: 0, stagingTries: 0, leaseUntil: null, staged: false, bytesRead: 0,
      counters: initialCounters(0), ...NO_PLAN, pace: null, ...NOT_APPROVED, ...NOT_WAITING, warnings: [], unattended: isUnattended(caller), origin: isUnattended(caller) ? 'api' : 'assistant', openChunks: 0, abortRequested: false, restorePointId: null,
      runPointId: null, pointReady: false, pointAskedAt: null, errorsBefore: 0, problem: null, createdBy: caller.actor, requestedBy: caller.userId,
      runReps: null, runs: 0, runPointAt: null, reading: 1, rowOffset: 0,
      version: 1, createdAt: new Date(), changedAt: new Date(), startedAt: null, finishedAt: null,
    } as const; // prettier-ignore
    return Object.assign(new ImportJob(), given);
  }

  /**
   * Checks a configuration against the columns that each file has when it is read as the configuration says.
   * @throws Problem configuration_invalid, part_columns_differ, user_import_not_available, forbidden, file_removed
   */
  async configurationFor(
    caller: Caller,
    files: readonly SourceFile[],
    document: unknown,
  ): Promise<ImportConfiguration> {
    const schemaOf = await this.schemas.forDocument(caller.companyId, document);
    const parsed = parseConfiguration(document, undefined, schemaOf);
    // With the columns, so that every fault is listed at once.
    if (!parsed.ok) return readConfiguration(document, schemaOf, files[0]?.upload.source.columns);
    requireScopeFor(parsed.configuration.entity, caller);
    for (const { upload, part } of files) {
      const { columns } = await sourceAsConfigured(this.reader, upload, parsed.configuration);
      if (part === undefined) return readConfiguration(document, schemaOf, columns);
      requireColumns(part, parseConfiguration(document, columns, schemaOf));
    }
    return parsed.configuration;
  }
}

/** Without columns the configuration was well. @throws Problem part_columns_differ */
function requireColumns(part: number, result: ConfigurationResult): void {
  if (result.ok) return;
  const column = String(result.faults[0]?.params['name'] ?? '');
  throw new Problem('part_columns_differ', { params: { part, column }, errors: result.faults });
}
