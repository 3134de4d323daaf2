import { message, type Language, type RowProblem } from '@muster/contracts';
import { compileMapping } from '../configuration/compile-mapping.js';
import type { ImportConfiguration } from '../configuration/configuration.js';
import { parseConfiguration } from '../configuration/parse-configuration.js';
import { KeyIndex } from '../planning/key-index.js';
import { decideRows } from '../planning/row-decision.js';
import type { RowPlan, StoredRecord } from '../planning/row-plan.js';
import { ROW_PROBLEMS, type RowProblemCode } from '../problems/row-problems.js';
import { entitySchema, type EntityName } from '../schema/entities.js';
import { withCustomFields, type CustomFieldDefinition } from '../schema/custom-fields.js';
import type { EntitySchema } from '../schema/field-schema.js';
import type { CellKind, SourceFormat } from '../values/cell-result.js';

/** A file with one row, how it is imported, and what is stored before. */
export interface RowCase {
  readonly entity: EntityName;
  /** Preset: upsert. */
  readonly mode?: string;
  /** Header -> what it is mapped to; a text is the target alone. */
  readonly mappings: Readonly<Record<string, string | object>>;
  readonly options?: object;
  /** Texts of the row, in the order of the headers. */
  readonly row: readonly string[];
  readonly kinds?: readonly CellKind[];
  readonly stored?: readonly StoredRecord[];
  readonly source?: SourceFormat;
  readonly customFields?: readonly CustomFieldDefinition[];
}

/** @throws Error when it has a fault */
export function configurationOf({ entity, mode = 'upsert', mappings, options, customFields }: RowCase): ImportConfiguration {
  const schema = schemaOf({ entity, customFields });
  const entries = Object.entries(mappings).map(([SourceFieldID, to]) => ({
    SourceFieldID,
    ...(typeof to === 'string' ? { TargetFieldID: to } : to),
  }));
  const written = {
    formatVersion: 1,
    entity,
    mode,
    mappings: entries,
    ...(!schema.ofCompany && { userMapping: { by: 'email', constant: 'rep@example.com' } }),
    ...(options && { options }),
  };
  const result = parseConfiguration(written, Object.keys(mappings), () => schema);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.configuration;
} // prettier-ignore

function schemaOf({ entity, customFields = [] }: { entity: EntityName; customFields?: RowCase['customFields'] }): EntitySchema {
  return withCustomFields(entitySchema(entity), customFields);
} // prettier-ignore

/**
 * What becomes of the row: it is read, then decided, by the pieces that the services use.
 * @returns the plan; of a row that cannot be read its problems, with their columns
 */
export function importRow(one: RowCase): RowPlan {
  const mapping = compileMapping(configurationOf(one), Object.keys(one.mappings), schemaOf(one), one.source);
  const parsed = mapping.columns.map(({ parse, header, index }) => {
    const at = index ?? 0;
    const result = parse(one.row[at] ?? '', one.kinds?.[at]);
    return result.ok ? result : { ...result, problem: { ...result.problem, column: header } };
  });
  const problems = parsed.flatMap((result) => (result.ok ? [] : [result.problem]));
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const rows = [{ row: 2, values: parsed.map((result) => (result.ok ? result.value : null)) }];
  const index = new KeyIndex(rows, mapping);
  index.add(one.stored ?? []);
  const [decision] = decideRows(rows, index, mapping);
  if (!decision) throw new Error('There is no decision');
  return decision.plan;
}

export function problemsOf(plan: RowPlan): readonly RowProblem[] {
  return 'problems' in plan ? plan.problems : [];
}

/** The text of a problem. */
export function textOf({ code, params }: RowProblem, language: Language): string {
  return message(ROW_PROBLEMS[code as RowProblemCode], params ?? {}, language);
}
