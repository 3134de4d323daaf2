import { Injectable } from '@nestjs/common';
import { Problem, resolveReps, type Id } from '@muster/contracts';
import {
  differentValues,
  isEntityName,
  unknownEntityParams,
  suggestAssignment,
  suggestedConfiguration,
  suggestMapping,
  type ColumnSample,
  type EntitySchema,
  type KnownReps,
} from '@muster/import-model';
import { UnitOfWork } from '@muster/persistence';
import { given, Questions, type Caller } from '@muster/platform';
import { openAsConfigured } from '../imports/open-as-configured.js';
import { EntitySchemas } from '../schema/entity-schemas.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import type { SourceSettings } from '../uploads/source-settings.js';
import { PartRepository } from '../parts/part.repository.js';
import { UploadReader } from '../uploads/upload-reader.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { EarlierMappingsRepository } from './earlier-mappings.repository.js';
import {
  assignmentSuggestionDto,
  columnSuggestionDto,
  type MappingSuggestionBody,
  type MappingSuggestionDto,
} from './suggestion.dto.js';

const SAMPLED_ROWS = 200;
/** Different values of a column that user-admin is asked about, and columns. */
const REP_VALUES = 50;
const REP_COLUMNS = 200;
const LONGEST_REP_VALUE = 254;

interface Sample {
  readonly columns: readonly ColumnSample[];
  readonly source: SourceSettings;
}

@Injectable()
export class Suggestions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly reader: UploadReader,
    private readonly companies: CompanyProfile,
    private readonly earlier: EarlierMappingsRepository,
    private readonly questions: Questions,
    private readonly schemas: EntitySchemas,
  ) {}

  /** @throws Problem upload_not_found, unknown_entity, and what is wrong with the file when it is read so */
  async suggest(caller: Caller, uploadId: Id, body: MappingSuggestionBody): Promise<MappingSuggestionDto> {
    const { entity, language = caller.language, source: said = {} } = given(body);
    const source = given(said);
    if (!isEntityName(entity)) throw new Problem('unknown_entity', { params: unknownEntityParams(entity) });
    const schema = await this.schemas.of(caller.companyId, entity);
    const [upload, earlier] = await this.uow.run(caller, async (manager) => [
      await this.parts.firstFile(manager, await this.uploads.getReadable(manager, caller, uploadId)),
      await this.earlier.find(manager, entity),
    ]);
    const { limits } = await this.companies.of(caller.companyId);
    const sample = await this.sample(upload, source, limits.rows);
    const assignment = await this.assignment(caller.companyId, schema, sample.columns);
    const columns = suggestMapping({ ...sample, schema, language, earlier, assigned: assignment?.column });
    return {
      entity,
      columns: columns.map(columnSuggestionDto),
      assignment: assignment ? assignmentSuggestionDto(assignment) : null,
      configuration: { ...suggestedConfiguration(schema, columns, assignment, source) },
    };
  }

  private async sample(
    upload: Parameters<typeof openAsConfigured>[1],
    source: NonNullable<MappingSuggestionBody['source']>,
    rowLimit: number,
  ): Promise<Sample> {
    const file = await openAsConfigured(this.reader, upload, { source });
    try {
      const rows: string[][] = [];
      for await (const batch of file.rows(rowLimit)) {
        rows.push(...batch.rows.slice(0, SAMPLED_ROWS - rows.length).map(({ cells }) => cells));
        if (rows.length >= SAMPLED_ROWS) break;
      }
      const columns = file.source.columns.map((header, i) => ({ header, cells: rows.map((cells) => cells[i] ?? '') }));
      return { columns, source: file.source };
    } finally {
      await file.close();
    }
  }

  /** The column whose values name accounts of the company. */
  private async assignment(companyId: Id, schema: EntitySchema, columns: readonly ColumnSample[]) {
    if (!schema.unique.some(({ perRep }) => perRep)) return undefined;
    const asked = columns.slice(0, REP_COLUMNS);
    const values = asked.flatMap((column) => differentValues(column, REP_VALUES));
    const texts = [...new Set(values)].filter((value) => value.length <= LONGEST_REP_VALUE);
    const of = async (by: keyof KnownReps) => {
      const { found } = await this.questions.ask(resolveReps, { companyId, by, values: texts });
      return new Set(found.map(({ value }) => value));
    };
    const known = { email: await of('email'), employeeNumber: await of('employeeNumber') };
    return suggestAssignment(asked, known, REP_VALUES);
  }
}
