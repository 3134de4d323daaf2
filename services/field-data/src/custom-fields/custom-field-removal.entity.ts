import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';

/** A field that the company has deleted, and whose values are still being taken out of records. */
@Entity('custom_field_removal')
@Unique('UQ_custom_field_removal_name', ['companyId', 'entity', 'name'])
export class CustomFieldRemoval {
  /** That of the field. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_custom_field_removal' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  entity!: string;

  @Column('text')
  name!: string;

  /** The last record that was looked at. */
  @Column('uuid', { name: 'at_record', nullable: true })
  atRecord!: Id | null;

  @Column('text')
  actor!: string;

  @Column('text')
  cause!: string;
}
