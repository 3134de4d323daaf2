import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '@muster/platform';

export class UsedConfigurationDto {
  /** From 1: the `configurationNo` of the reps whose rows were, or will be, written with it. */
  no!: number;
  @ApiProperty({ type: 'object', additionalProperties: true })
  configuration!: Record<string, unknown>;
  /** The saved configuration that it is, and its version; null when the document came with the request. */
  configurationId!: string | null;
  configurationVersion!: number | null;
  /** The file that it was used for. */
  uploadId!: string;
}

export class UsedConfigurationPage extends pageOf(UsedConfigurationDto) {}
