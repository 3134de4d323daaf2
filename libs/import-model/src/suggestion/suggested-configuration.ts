import { HEADER_LENGTH, importOptions, mappingEntry } from '../configuration/document-schema.js';
import type { MappingEntry, SourceOptions } from '../configuration/configuration.js';
import { findColumn } from '../configuration/find-column.js';
import { keyTargets } from '../configuration/keys.js';
import type { EntitySchema } from '../schema/field-schema.js';
import type { AssignmentSuggestion } from './suggest-assignment.js';
import type { ColumnSuggestion } from './suggest-mapping.js';

/**
 * A configuration document of what was suggested: an upsert, with the entity's preset key marked. It may lack what could not
 * be suggested, such as the column of reps.
 */
export function suggestedConfiguration(
  schema: EntitySchema,
  columns: readonly ColumnSuggestion[],
  assignment: AssignmentSuggestion | undefined,
  source: SourceOptions,
) {
  const headers = columns.map(({ header }) => header);
  const mapped = columns.flatMap(({ column, suggested, alsoSuggested }): MappingEntry[] => {
    const SourceFieldID = nameOf(headers, column);
    const fields = suggested ? [suggested, ...alsoSuggested] : [];
    return fields.map(({ field }) => mappingEntry.parse({ SourceFieldID, TargetFieldID: field }));
  });
  const keys = keyTargets(mapped, schema);
  const mappings = mapped.map((entry) => ({ ...entry, UpdateBehavior: keys.has(entry.TargetFieldID) ? 2 : 0 }));
  const said = Object.entries(source).filter(([, value]) => value !== undefined);
  return {
    formatVersion: 1,
    entity: schema.name,
    mode: keys.size > 0 ? 'upsert' : 'create',
    ...(said.length > 0 && { source: Object.fromEntries(said) }),
    mappings,
    ...(assignment && {
      userMapping: { by: assignment.by, SourceFieldID: nameOf(headers, assignment.column) },
    }),
    options: importOptions.parse({}),
  };
}

/** How a mapping names a column: by its header, or by its number where the header names another one too, or is too long. */
function nameOf(headers: readonly string[], column: number): string {
  const header = headers[column] ?? '';
  const isName = header.length <= HEADER_LENGTH && findColumn(headers, header) === column;
  return isName ? header : `#${column + 1}`;
}
