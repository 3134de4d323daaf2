import { applyDecorators } from '@nestjs/common';
import { RequestValidationPipe } from '@muster/platform';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Row numbers are stored in four bytes, and so is their sum with an offset. */
const FURTHEST = 2 ** 30;

/** Checks what is to be added to the row numbers of a part to have those of the file that it was cut from. */
export function RowOffset(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    Type(() => Number),
    IsInt(),
    Min(0),
    Max(FURTHEST),
  );
}

/** The part of a form that says it. */
export const ROW_OFFSET_PARTS = ['rowOffset'] as const;

class RowOffsetOfForm {
  @RowOffset()
  rowOffset?: number;
}

const validation = new RequestValidationPipe();

/** What a form says about the place of its part. @throws Problem validation_failed */
export async function rowOffsetOf(fields: ReadonlyMap<string, string>): Promise<number | undefined> {
  const given = { rowOffset: fields.get('rowOffset') };
  const { rowOffset } = (await validation.transform(given, { type: 'body', metatype: RowOffsetOfForm })) as RowOffsetOfForm; // prettier-ignore
  return rowOffset;
}
