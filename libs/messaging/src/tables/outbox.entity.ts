import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** An event that was committed and waits for the relay. */
@Entity('outbox')
export class OutboxRow {
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'PK_outbox', generatedIdentity: 'ALWAYS' })
  seq!: number;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  topic!: string;

  @Column('text')
  key!: string;

  @Column('json')
  headers!: Record<string, string>;

  @Column('text')
  value!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
