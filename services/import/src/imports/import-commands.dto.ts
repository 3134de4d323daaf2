import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';

/** Limits of one run in place of all others. */
export class RaisedGuardInput {
  /** Of the accounts or records that there are. @example 60 */
  @IsInt()
  @Min(0)
  @Max(100)
  percent!: number;

  /** @example 800 */
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  count!: number;
}

export class ApproveImportBody {
  /** Up to where the run may go; preset: as far as its plan does. */
  @IsOptional()
  @ValidateNested()
  @Type(() => RaisedGuardInput)
  guard?: RaisedGuardInput;
}
