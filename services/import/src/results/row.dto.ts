import { ApiProperty } from '@nestjs/swagger';
import { message, type Language, type RowProblem } from '@muster/contracts';
import { ROW_PROBLEMS } from '@muster/import-model';
import { pageOf } from '@muster/platform';
import type { Reading } from '../reps/readings.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import type { RowResult } from './answers-in-row-order.js';
import { RowPlaces, WHOLE_FILE } from './row-places.js';

export class RowProblemDto {
  /** @example too_long */
  code!: string;
  /** Target field. @example name1 */
  field?: string;
  /** Column of the file. @example Name */
  column?: string;
  /** In the reader's language. */
  message!: string;
}

export class FieldChangeDto {
  /** @example city */
  field!: string;
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] })
  from!: string | number | boolean | null;
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] })
  to!: string | number | boolean | null;
}

/** What the plan showed of a row. */
export class PlannedRowDto {
  /** @example updated */
  outcome!: string;
  changes!: FieldChangeDto[];
}

export class ImportRowDto {
  /** Row number in the file, or in the part. @example 2 */
  row!: number;
  /** Of a file that was sent in parts: which of them. @example 3 */
  part?: number;
  /** Which configuration of the import, and with it which file: see its reps. */
  configurationNo!: number;
  /** @example updated */
  outcome!: string;
  /** Rep, as far as the file's value names one. */
  repId!: string | null;
  recordId!: string | null;
  /** What an update changes. */
  changes!: FieldChangeDto[];
  problems!: RowProblemDto[];
  /** The run did otherwise than the plan that it followed showed. */
  changedSincePlan!: boolean;
  /** What the plan showed where the run did otherwise; null elsewhere. */
  @ApiProperty({ type: PlannedRowDto, nullable: true })
  planned!: PlannedRowDto | null;
  /** The row as it is stored, by field; null when it cannot be read. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  values!: Record<string, unknown> | null;
}

export class ImportRowPage extends pageOf(ImportRowDto) {}

export function rowDto(
  reading: Reading,
  rep: ImportRep | undefined,
  result: RowResult,
  language: Language,
): ImportRowDto {
  const { row, outcome, recordId, changes, problems, planned, staged } = result;
  const fields = reading.layout?.columns.map(({ field }) => field) ?? [];
  const places = new RowPlaces(reading);
  return {
    ...places.of(row),
    configurationNo: reading.no,
    outcome,
    repId: rep?.userId ?? null,
    recordId: recordId ?? null,
    changes: changes ?? [],
    problems: (problems ?? []).map((problem) => problemDto(problem, language, places)),
    changedSincePlan: planned !== undefined,
    planned: planned ? { outcome: planned.outcome, changes: [...(planned.changes ?? [])] } : null,
    values: staged ? Object.fromEntries(fields.map((field, i) => [field, staged[i + 1] ?? null])) : null,
  };
}

/** @param places of the rows that it may name */
export function problemDto(problem: RowProblem, language: Language, places = WHOLE_FILE): RowProblemDto {
  const { code, field, column } = problem;
  return {
    code,
    ...(field && { field }),
    ...(column && { column }),
    message: rowMessage(code, places.named(problem, language), language),
  };
}

function rowMessage(code: string, params: Record<string, string | number>, language: Language): string {
  const texts = Object.hasOwn(ROW_PROBLEMS, code) ? ROW_PROBLEMS[code as keyof typeof ROW_PROBLEMS] : undefined;
  return texts ? message(texts, params, language) : code;
}
