import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';

/** A company of which nothing is kept but this; see `createCompanyDeletion`. */
@Entity('deleted_company')
class DeletedCompany {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_deleted_company' })
  companyId!: Id;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;

  /** When last nothing of it was left. */
  @Column('timestamptz', { name: 'swept_at', nullable: true })
  sweptAt!: Date | null;
}

/** For `ServiceDatabase.entities`. */
export const COMPANY_DELETION_ENTITIES = [DeletedCompany];
