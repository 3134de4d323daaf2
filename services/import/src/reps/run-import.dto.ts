import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString } from 'class-validator';
import { START_TIMES, type StartAt } from '@muster/import-model';

export class RunImportBody {
  /** User ids of the reps to import; all that are left when it is absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5_000)
  @IsString({ each: true })
  reps?: string[];

  /** When to write; preset: as the configuration says. `now` also lets a scheduled import begin. */
  @IsOptional()
  @IsIn(START_TIMES)
  @ApiPropertyOptional({ enum: START_TIMES })
  startAt?: StartAt;
}
