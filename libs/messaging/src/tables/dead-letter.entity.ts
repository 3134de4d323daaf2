import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';

/** An event that a consumer could not handle. A replay that succeeds sets `replayedAt`. */
@Entity('dead_letter')
@Unique('UQ_dead_letter_event', ['consumer', 'topic', 'eventId'])
export class DeadLetterRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_dead_letter' })
  id!: Id;

  @Column('text')
  consumer!: string;

  @Column('text')
  topic!: string;

  /** `ce_id` as it came; null when the event had none. */
  @Column('text', { name: 'event_id', nullable: true })
  eventId!: string | null;

  @Column('text')
  key!: string;

  @Column('json')
  headers!: Record<string, string>;

  @Column('text')
  value!: string;

  @Column('text')
  error!: string;

  @Column('integer')
  tries!: number;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('timestamptz', { name: 'replayed_at', nullable: true })
  replayedAt!: Date | null;
}
