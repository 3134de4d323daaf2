import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { ImportConfiguration } from '@muster/import-model';

/** A configuration that was saved by a name. What it says stands in its versions. */
@Entity('import_configuration')
@Unique('UQ_import_configuration_name', ['companyId', 'nameKey'])
export class SavedConfiguration {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_import_configuration' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  name!: string;

  /** By which names are the same in any letter case, and sorted. */
  @Column({ type: 'text', name: 'name_key', collation: 'C' })
  nameKey!: string;

  @Column('text')
  entity!: string;

  /** The latest; its ETag too. */
  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

@Entity('import_configuration_version')
export class ConfigurationVersion {
  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @PrimaryColumn('uuid', {
    name: 'configuration_id',
    primaryKeyConstraintName: 'PK_import_configuration_version',
  })
  configurationId!: Id;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_import_configuration_version' })
  version!: number;

  @Column('text')
  name!: string;

  @Column('jsonb')
  document!: ImportConfiguration;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
