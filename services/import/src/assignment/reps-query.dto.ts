import { Type as TypeAs } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Problem } from '@muster/contracts';
import { decodeCursor } from '@muster/platform';
import type { RepsPage } from './assignment.repository.js';
import { REP_STATUSES, type RepStatus } from './rep-verdict.js';

/** An import has 5,000 reps at most. */
const MOST = 5_000;

export class AssignmentQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST,
    description: 'Of each list so many at most, the first of the file; `counts` says how many there are. Preset: all.',
  })
  @IsOptional()
  @TypeAs(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST)
  limit?: number;
}

export class RepsQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST,
    description: 'Items of a page. Preset: all that are left.',
  })
  @IsOptional()
  @TypeAs(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST)
  limit: number = MOST;

  @ApiPropertyOptional({ description: 'nextCursor of the page before; none for the first page.' })
  @IsOptional()
  @IsString()
  cursor?: string;

  /** Only those whose values were found to be so. */
  @ApiPropertyOptional({ enum: REP_STATUSES })
  @IsOptional()
  @IsIn(REP_STATUSES)
  status?: RepStatus;
}

/** Behind which rep a page begins; undefined without a cursor. @throws Problem invalid_cursor */
export function repOfCursor(cursor: string | undefined): RepsPage['after'] {
  if (cursor === undefined) return undefined;
  const [firstRow, no] = decodeCursor(cursor, 2).map(Number);
  if (!isPlace(firstRow) || !isPlace(no)) throw new Problem('invalid_cursor');
  return { firstRow, no };
}

/** What a column of integers can hold. */
function isPlace(value: number | undefined): value is number {
  return Number.isInteger(value) && Math.abs(value ?? 0) < 2 ** 31;
}
