import { Problem } from '@muster/contracts';
import type { FormFields } from '../uploads/form-fields.js';
import { parseDocument } from './read-configuration.js';

/** The part of a form that has the configuration: by its name here, or by the one that connectors know. */
export const DOCUMENT_PARTS = ['configuration', 'importConfig'] as const;

/** @returns an empty object where there is none @throws Problem configuration_not_chosen when there are two, and as {@link parseDocument} */
export function documentOf(fields: FormFields): { readonly configuration?: unknown } {
  const [text, another] = DOCUMENT_PARTS.flatMap((name) => fields.get(name) ?? []);
  if (another !== undefined) throw new Problem('configuration_not_chosen');
  return text === undefined ? {} : { configuration: parseDocument(text) };
}
