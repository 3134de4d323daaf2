import { IsIn, IsOptional } from 'class-validator';
import { RequestValidationPipe } from '@muster/platform';
import { DOCUMENT_PARTS, documentOf } from '../configurations/document-of-form.js';
import type { ChosenConfiguration, ConfigurationChoice } from '../configurations/saved-configurations.service.js';
import { PART_NAMES, type PartOfSeries } from '../parts/part-of-series.dto.js';
import type { Origin } from './origin.js';
import type { FormFields } from '../uploads/form-fields.js';

export const STEPS = ['stage', 'plan', 'run'] as const;
/** How far an import goes by itself. */
export type Then = (typeof STEPS)[number];

/** What else a call with a file says: its form, or its URL. */
export interface UnattendedCall {
  /** `Idempotency-Key` */
  readonly key: string | undefined;
  readonly origin: Origin;
  /** By the URL: a repeat under the same key says it too. */
  readonly said?: object;
  readonly choose: (fields: FormFields) => Promise<ChosenConfiguration>;
  /** Of a file that is a part of several. */
  readonly partOf: (fields: FormFields) => Promise<PartOfSeries | undefined>;
  readonly thenOf: (fields: FormFields) => Promise<Then>;
}

/** Parts of the form of `POST /v1/imports`, beside the file and how it is read. */
export const UNATTENDED_PARTS = [
  ...DOCUMENT_PARTS,
  'configurationId',
  'configurationName',
  ...PART_NAMES,
  'then',
] as const;

class ThenDto {
  @IsOptional()
  @IsIn(STEPS)
  then?: Then;
}

const validation = new RequestValidationPipe();

/** @throws Problem validation_failed */
export async function thenOfForm(fields: FormFields): Promise<Then> {
  const given = { then: fields.get('then') };
  const { then = 'run' } = (await validation.transform(given, { type: 'body', metatype: ThenDto })) as ThenDto;
  return then;
}

/** What the parts of a form say about the configuration. @throws Problem configuration_not_chosen, malformed_request, validation_failed */
export function choiceOfForm(fields: FormFields): ConfigurationChoice {
  const [configurationId, configurationName] = [fields.get('configurationId'), fields.get('configurationName')];
  return { ...documentOf(fields), configurationId, configurationName };
}
