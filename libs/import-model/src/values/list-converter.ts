import type { FieldSchema } from '../schema/field-schema.js';
import type { CellResult } from './cell-result.js';
import { refused, shown } from './problems.js';
import { BETWEEN_VALUES } from './selection-converters.js';
import { isLongerThan } from './text-rules.js';

/** Reads texts with `;` between them, without blanks around them; one that is there already is passed over. */
export function listConverter(field: FieldSchema): (text: string) => CellResult {
  const { maxLength = Number.POSITIVE_INFINITY, maxEntries = Number.POSITIVE_INFINITY } = field;
  return (text) => {
    const entries = new Set(text.split(BETWEEN_VALUES).map((part) => part.trim()));
    entries.delete('');
    for (const entry of entries) {
      if (/\p{Cc}/u.test(entry)) return refused(field, 'separator_in_value');
      if (!isLongerThan(entry, maxLength)) continue;
      return refused(field, 'entry_too_long', { value: shown(entry), limit: maxLength });
    }
    if (entries.size > maxEntries)
      return refused(field, 'too_many_entries', { limit: maxEntries, count: entries.size });
    return { ok: true, value: entries.size > 0 ? [...entries].join(BETWEEN_VALUES) : null };
  };
}
