import { ApiProperty } from '@nestjs/swagger';
import type { DeadLetter } from '@muster/messaging';

/** An event that its handler could not handle; it waits until an operator replays it. */
export class DeadLetterDto {
  @ApiProperty({ example: '0193d2a1c4f07b6e8a1f2c3d4e5f6071' })
  id!: string;

  @ApiProperty({ description: 'Type of the event.', example: 'user.created.v1', nullable: true, type: String })
  type!: string | null;

  @ApiProperty({ description: 'Id of the event.', nullable: true, type: String })
  eventId!: string | null;

  @ApiProperty({ description: 'Company of the event.', nullable: true, type: String })
  companyId!: string | null;

  @ApiProperty({ example: 'muster.users.v1' })
  topic!: string;

  @ApiProperty({ description: 'The handler that failed.' })
  consumer!: string;

  @ApiProperty({ description: 'The last error.' })
  error!: string;

  @ApiProperty({ type: 'integer', example: 5 })
  tries!: number;

  @ApiProperty({ description: 'When it failed last.' })
  at!: Date;
}

/** What the event carries is left out: operators belong to no company. */
export function deadLetterDto({ id, topic, consumer, error, tries, at, headers }: DeadLetter): DeadLetterDto {
  const { ce_type: type = null, ce_id: eventId = null, ce_company: companyId = null } = headers;
  return { id, type, eventId, companyId, topic, consumer, error, tries, at };
}
