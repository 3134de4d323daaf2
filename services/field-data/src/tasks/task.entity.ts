import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import { foundBy } from '../records/found-by.js';
import { RecordEntity } from '../records/record-entity.js';

/** A task of a rep. Properties that hold fields carry the names of the entity schema (`TASK` in import-model). */
@Entity('task')
@Index('UQ_task_external_id', ['companyId', 'externalId', 'repId'], { unique: true, where: 'deleted_at is null' })
@Index('IDX_task_binned', ['companyId', 'repId', 'externalId'], { where: 'deleted_at is not null' })
@Index('IDX_task_rep', ['companyId', 'repId', 'id'])
@Index('IDX_task_updated', ['companyId', 'updatedAt'])
@Index('IDX_task_id', ['companyId', 'id'])
@Index('IDX_task_bin', ['companyId', 'deletedAt'], { where: 'deleted_at is not null' })
@Index('IDX_task_bin_age', ['deletedAt'], { where: 'deleted_at is not null' })
@Index('IDX_task_customer', ['companyId', 'customer'])
export class Task extends RecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_task' })
  id!: Id;

  @Column('text')
  subject!: string;

  /** Its id; of the same rep when it was set. It stays whatever becomes of the customer, see docs/adr/0021. */
  @Column('uuid', { name: 'customer_id', nullable: true })
  customer!: Id | null;

  /** `yyyy-MM-dd`. */
  @Column('date', { name: 'due_date', nullable: true })
  dueDate!: string | null;

  @Column('text', { nullable: true })
  priority!: string | null;

  @Column('boolean', { name: 'completion_optional', default: false })
  completionOptional!: boolean;

  @Column('boolean', { default: false })
  done!: boolean;

  @Column('text', { nullable: true })
  notes!: string | null;

  /** Words of its texts, folded. */
  @Column('text', foundBy('external_id', 'subject'))
  foundBy!: string | null;
}
