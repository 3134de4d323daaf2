import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

export class DeleteUserQuery {
  /** Preset: false. true: delete the customers, appointments, tasks and reports of the account too, for good. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  discardData?: boolean;
}
