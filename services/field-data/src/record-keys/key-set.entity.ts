import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';

/**
 * new: whoever writes records from now on takes its keys in; filling: those that were there before are taken in, step by step;
 * ready: records are found by it; leaving: it is kept no more, and taken away step by step.
 */
export type KeySetState = 'new' | 'filling' | 'ready' | 'leaving';

/** Fields that together have been the key of an import, and by whose values the records of the entity are found. */
@Entity('key_set')
@Unique('UQ_key_set_paths', ['companyId', 'entity', 'paths'])
export class KeySet {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_key_set' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  entity!: string;

  /** Where the values stand: names of columns, or `custom_fields.` and the name of a field of the company; in their order. */
  @Column('text', { array: true })
  paths!: string[];

  @Column('text', { default: 'new' })
  state!: KeySetState;

  /** The next step waits until every transaction before this one has ended: it may not know the state. */
  @Column('bigint', { nullable: true })
  since!: number | null;

  /** While it is filled: the last record that was taken in. */
  @Column('uuid', { name: 'at_record', nullable: true })
  atRecord!: Id | null;

  /** The last time that records were looked for by it, to the day. */
  @Column('timestamptz', { name: 'used_at', default: () => 'clock_timestamp()' })
  usedAt!: Date;
}
