import { Problem, type ProblemDetail } from '@muster/contracts';
import type { CustomFieldType, SelectionOption } from '@muster/import-model';
import type { CustomFieldPatch } from './custom-field.dto.js';
import type { CustomField } from './custom-field.entity.js';

/** Fields that a company adds to one kind of records. */
export const MOST_FIELDS = 100;

/** What can be changed of a field. */
export type FieldTexts = Pick<CustomField, 'labelEn' | 'labelDe' | 'descriptionEn' | 'descriptionDe' | 'options'>;

/** @throws Problem validation_failed */
export function requireOptions(type: CustomFieldType, options: readonly SelectionOption[]): void {
  const errors = optionFaults(type, options);
  if (errors.length > 0) throw new Problem('validation_failed', { params: { count: errors.length }, errors });
}

/** A selection has values, each once and without what stands between values in files; other fields have none. */
function optionFaults(type: CustomFieldType, options: readonly SelectionOption[]): ProblemDetail[] {
  const isSelection = type === 'selection' || type === 'multiSelection';
  if (!isSelection) return options.length === 0 ? [] : [{ pointer: '/options', code: 'options_not_here' }];
  if (options.length === 0) return [{ pointer: '/options', code: 'options_needed' }];
  const seen = new Set<string>();
  return options.flatMap(({ code }, place) => {
    const pointer = `/options/${place}/code`;
    if (/[;\p{Cc}\p{Zl}\p{Zp}]/u.test(code)) return [{ pointer, code: 'separator_in_value' }];
    // A file's cell is read without the white space around it, in any letter case.
    const word = code.trim().toLowerCase();
    if (seen.has(word)) return [{ pointer, code: 'duplicate_option', params: { value: code } }];
    seen.add(word);
    return [];
  });
}

/** The texts and values of a field after a patch (RFC 7396); a label cannot be emptied. */
export function patchedField(field: FieldTexts, { label, description, options }: CustomFieldPatch): FieldTexts {
  const empty = { en: null, de: null };
  const text = (given: string | null | undefined, stored: string) => (given === undefined ? stored : (given ?? ''));
  const described = description === null ? empty : (description ?? {});
  return {
    labelEn: label?.en ?? field.labelEn,
    labelDe: label?.de ?? field.labelDe,
    descriptionEn: text(described.en, field.descriptionEn),
    descriptionDe: text(described.de, field.descriptionDe),
    options: options === undefined ? field.options : plainOptions(options ?? []),
  };
}

/** White space around a code would be lost in a file. */
export function plainOptions(options: readonly SelectionOption[]): SelectionOption[] {
  return options.map(({ code, label }) => ({ code: code.trim(), label: { en: label.en, de: label.de } }));
}

export function isSameField(a: FieldTexts, b: FieldTexts): boolean {
  const texts = ({ labelEn, labelDe, descriptionEn, descriptionDe, options }: FieldTexts) =>
    JSON.stringify([labelEn, labelDe, descriptionEn, descriptionDe, options.map(({ code, label }) => [code, label.en, label.de])]); // prettier-ignore
  return texts(a) === texts(b);
}

/** The values that a field is to have no more. */
export function removedCodes(before: readonly SelectionOption[], after: readonly SelectionOption[]): string[] {
  const kept = new Set(after.map(({ code }) => code));
  return before.flatMap(({ code }) => (kept.has(code) ? [] : [code]));
}
