import type { RepAccount, Texts } from '@muster/contracts';
import { fieldHeaders, REP_HEADER, type CellValue, type EntitySchema, type FieldSchema } from '@muster/import-model';
import { chosenFields, valueCell, valueKind, writableText, type FileTarget } from '@muster/platform';
import type { OutputCell, OutputColumn } from '@muster/tabular';
import type { NamedRecords, RecordRow } from '../record-api/record-row.js';
import { idIn } from '../records/references.js';

/** What rows of a page are told by, beside themselves. */
export interface Known {
  readonly reps: ReadonlyMap<string, RepAccount>;
  readonly named: NamedRecords;
}

/** A column of an export. */
export interface ExportColumn extends OutputColumn {
  readonly cell: (row: RecordRow, known: Known) => OutputCell;
}

/** Whose a record is, as people know the rep. */
const OF_REP: readonly {
  readonly id: string;
  readonly header: Texts;
  readonly of: (rep: RepAccount) => string | null;
}[] = [
  { id: 'repEmail', header: REP_HEADER, of: ({ email }) => email },
  {
    id: 'repEmployeeNumber',
    header: { en: 'Rep employee number', de: 'Personalnummer des Mitarbeiters' },
    of: ({ employeeNumber }) => employeeNumber,
  },
];

/**
 * The columns of an export in their order, each once.
 * @param schema as the company has it
 * @param wanted ids with commas between them; undefined: all
 * @throws Problem validation_failed, naming the nearest of each field that there is not
 */
export function exportColumns(schema: EntitySchema, wanted: string | undefined, target: FileTarget): ExportColumn[] {
  const headers = fieldHeaders(schema, target.language);
  const fields = schema.fields.map((field): [string, ExportColumn] => [
    field.id,
    { header: headers.get(field.id) ?? field.id, kind: valueKind(field, target), cell: cellOf(field, target) },
  ]);
  const ofRep = OF_REP.map(({ id, header, of }): [string, ExportColumn] => {
    const cell: ExportColumn['cell'] = ({ repId }, { reps }) => {
      const rep = reps.get(repId);
      return writableText((rep && of(rep)) ?? '', target.format);
    };
    return [id, { header: header[target.language], kind: 'text', cell }];
  });
  const [id, ...rest] = fields;
  const columns = new Map([...(id ? [id] : []), ...ofRep, ...rest]);
  const chosen = wanted === undefined ? [...columns.keys()] : chosenFields(wanted, [...columns.keys()]);
  return chosen.flatMap((name) => columns.get(name) ?? []);
}

function cellOf(field: FieldSchema, target: FileTarget): ExportColumn['cell'] {
  if (field.readOnly) return ({ id }) => id;
  if (field.type !== 'reference') return ({ fields }) => valueCell(field, fields[field.id] ?? null, target);
  return ({ fields, repId }, { named }) => referenceText(fields[field.id] ?? null, repId, named);
}

/** The external id, where an import would find the record by it; else the id. */
function referenceText(value: CellValue, repId: string, named: NamedRecords): string {
  const id = value === null ? '' : String(value);
  const record = named.get(id);
  const externalId = record?.repId === repId ? record.externalId : null;
  return externalId !== null && idIn(externalId) === undefined ? externalId : id;
}
