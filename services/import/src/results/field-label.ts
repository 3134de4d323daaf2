import type { Language } from '@muster/contracts';
import { entitySchema, fieldOf } from '@muster/import-model';

/** What people call a field; its id where the company gave it its name. */
export function fieldLabel(entity: string, field: string, language: Language): string {
  return fieldOf(entitySchema(entity), field)?.label[language] ?? field;
}
