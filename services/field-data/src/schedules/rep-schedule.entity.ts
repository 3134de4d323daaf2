import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/**
 * That a rep's own schedule ended, or came back: a fact about records, which are not to be written any more. Of reps whose
 * schedule never ended there is none, so it is no copy of the accounts.
 */
@Entity('rep_schedule')
export class RepSchedule {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_rep_schedule' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'rep_id', primaryKeyConstraintName: 'PK_rep_schedule' })
  repId!: Id;

  /** Of the account; what an older one says is over. */
  @Column('integer')
  version!: number;

  /** false: it came back. */
  @Column('boolean')
  ended!: boolean;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;
}
