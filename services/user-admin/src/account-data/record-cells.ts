import type { Language, RecordField, Texts } from '@muster/contracts';
import type { OutputCell, OutputColumn } from '@muster/tabular';
import { YES_NO } from '../audit/audit-texts.js';

/** A canonical value of a record. */
export type RecordValue = string | number | boolean | null;

const IN_BIN: Texts = { en: 'In recycle bin', de: 'Im Papierkorb' };

/** Every field, and whether the record is in the recycle bin. */
export function recordColumns(fields: readonly RecordField[], language: Language): OutputColumn[] {
  return [...fields.map(({ label }) => label), IN_BIN].map((label) => ({ header: label[language] }));
}

/** A record as cells that an import reads back as the same values. Texts and dates are what they are, `007` too. */
export function recordCells(values: readonly RecordValue[], binned: boolean, language: Language): OutputCell[] {
  return [...values, binned].map((value) =>
    typeof value === 'boolean' ? YES_NO[value ? 'yes' : 'no'][language] : value,
  );
}
