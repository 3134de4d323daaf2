import { z } from 'zod';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

const texts = z.object({ en: z.string(), de: z.string() });

const customFieldDefinition = z.object({
  name: z.string(),
  /** How its values are read, see `CustomFieldType` in import-model. */
  type: z.string(),
  label: texts,
  description: texts,
  /** Of a selection, in their order. */
  options: z.array(z.object({ code: z.string(), label: texts })).readonly(),
});

export const customFieldsOfEntity = defineQuestion({
  name: 'custom-fields-of-entity',
  answeredBy: 'field-data',
  description: 'Which fields did the company add to this entity?',
  request: z.object({ companyId: id, entity: z.string() }),
  answer: z.object({ fields: z.array(customFieldDefinition) }),
});
