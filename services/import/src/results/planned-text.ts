import type { Language } from '@muster/contracts';
import { columnOf, type ImportConfiguration } from '@muster/import-model';
import { OUTCOME_TEXTS } from '../imports/import-texts.js';
import type { Fate } from '../plans/changed-since-plan.js';
import { fieldLabel } from './field-label.js';

/** What the plan showed of a row, in one cell: `Updated: Ort: Wien → Graz`, fields by the columns that feed them. */
export function plannedText(planned: Fate, configuration: ImportConfiguration, language: Language): string {
  const { outcome, changes = [] } = planned;
  const outcomeText = OUTCOME_TEXTS[outcome as keyof typeof OUTCOME_TEXTS]?.[language] ?? outcome;
  const texts = changes.map(({ field, from, to }) => {
    const name = columnOf({ code: '', field }, configuration) ?? fieldLabel(configuration.entity, field, language);
    return `${name}: ${from ?? '–'} → ${to ?? '–'}`;
  });
  return [outcomeText, ...(texts.length > 0 ? [texts.join('; ')] : [])].join(': ');
}
