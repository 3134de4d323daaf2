import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id, LinkChannel } from '@muster/contracts';
import type { SendOutcome } from './plan-send.js';

export const JOB_STATES = ['running', 'completed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Access links that are to be sent to some accounts. */
@Entity('access_link_job')
@Index('IDX_access_link_job_company', ['companyId', 'finishedAt'])
@Index('IDX_access_link_job_running', ['id'], { where: `state = 'running'` })
export class SendJob {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_access_link_job' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  channel!: LinkChannel;

  @Column('text', { default: 'running' })
  state!: JobState;

  /** Accounts. */
  @Column('integer')
  total!: number;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('text')
  cause!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}

/** One account of a job. */
@Entity('access_link_job_item')
@Index('IDX_access_link_job_item_pending', ['jobId', 'userId'], { where: `outcome = 'pending'` })
export class SendJobItem {
  @PrimaryColumn('uuid', { name: 'job_id', primaryKeyConstraintName: 'PK_access_link_job_item' })
  jobId!: Id;

  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'PK_access_link_job_item' })
  userId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text', { default: 'pending' })
  outcome!: SendOutcome | 'pending';

  /** The link that the job asked to be sent. */
  @Column('uuid', { name: 'link_id', nullable: true })
  linkId!: Id | null;
}
