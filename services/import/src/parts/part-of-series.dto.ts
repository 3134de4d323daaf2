import { Problem } from '@muster/contracts';
import { RequestValidationPipe } from '@muster/platform';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FormFields } from '../uploads/form-fields.js';
import { MOST_PARTS } from './part-rules.js';
import { SeriesName } from './series-name.js';

/** Says of a file that it is a part of several: all three together, or none. */
export class PartOfSeriesDto {
  /** What all parts of one run have in common; another one for each run. @example erp-customers-2026-07-31 */
  @IsOptional()
  @SeriesName()
  seriesId?: string;

  /** Number of this part, from 1. @example 2 */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_PARTS)
  part?: number;

  /** How many parts there are: the last one to come, in whatever order, starts the run. @example 3 */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_PARTS)
  parts?: number;
}

export type PartOfSeries = Required<PartOfSeriesDto>;

export const PART_NAMES = ['seriesId', 'part', 'parts'] as const satisfies (keyof PartOfSeriesDto)[];

const validation = new RequestValidationPipe();

/** What a form says about the part that its file is. @throws Problem validation_failed, part_out_of_range */
export async function partOfForm(fields: FormFields): Promise<PartOfSeries | undefined> {
  const given = Object.fromEntries(PART_NAMES.map((name) => [name, fields.get(name)]));
  const said = await validation.transform(given, { type: 'body', metatype: PartOfSeriesDto });
  return partOfSeries(said as PartOfSeriesDto);
}

/** @returns undefined when the file is no part @throws Problem validation_failed, part_out_of_range */
export function partOfSeries({ seriesId, part, parts }: PartOfSeriesDto): PartOfSeries | undefined {
  if (seriesId === undefined && part === undefined && parts === undefined) return undefined;
  if (seriesId !== undefined && part !== undefined && parts !== undefined) {
    if (part > parts) throw new Problem('part_out_of_range', { params: { part, count: parts } });
    return { seriesId, part, parts };
  }
  const absent = PART_NAMES.filter((name) => ({ seriesId, part, parts })[name] === undefined);
  const errors = absent.map((name) => ({ pointer: `/${name}`, code: 'required' as const, params: {} }));
  throw new Problem('validation_failed', { params: { count: errors.length }, errors });
}
