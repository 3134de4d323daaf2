import type { FieldSchema, FieldType } from './field-schema.js';

type Pair = readonly [en: string, de: string];

interface FieldOptions extends Partial<
  Pick<
    FieldSchema,
    | 'required'
    | 'ignoresCase'
    | 'onlyOnCreation'
    | 'refusesEmpty'
    | 'maxEntries'
    | 'usableAsKey'
    | 'fixedOnceSet'
    | 'maxLength'
    | 'min'
    | 'max'
    | 'default'
    | 'options'
    | 'references'
  >
> {
  description: Pair;
  example: string;
  synonyms: string[];
}

export function field(id: string, type: FieldType, [en, de]: Pair, options: FieldOptions): FieldSchema {
  const { description, ...rest } = options;
  return {
    id,
    type,
    label: { en, de },
    required: false,
    readOnly: false,
    usableAsKey: false,
    fixedOnceSet: false,
    ...rest,
    description: { en: description[0], de: description[1] },
  };
}

/** The id that the system gives to every record and account. */
export function readOnlyId(): FieldSchema {
  const texts = field('id', 'recordId', ['ID', 'ID'], {
    description: [
      'Given by the system; tells which record a row means. Empty: a new record.',
      'Vom System vergeben; sagt, welchen Datensatz eine Zeile meint. Leer: ein neuer Datensatz.',
    ],
    usableAsKey: true,
    example: '0193d2a1c4f07b6e8a1f2c3d4e5f6071',
    synonyms: ['Record ID', 'Datensatz-ID', 'Muster ID', 'Portatour ID'],
  });
  return { ...texts, readOnly: true };
}
