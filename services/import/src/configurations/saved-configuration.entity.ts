import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { ImportConfiguration } from '@muster/import-model';
import type { ExpectedBy } from '../expected-runs/deadlines.js';

/** A configuration that was saved by a name. What it says stands in its versions. */
@Entity('import_configuration')
@Unique('UQ_import_configuration_name', ['companyId', 'nameKey'])
@Index('IDX_import_configuration_expected', ['lookAt'], { where: 'look_at is not null' })
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

  /** By when a run is expected; null: by none. It stands beside the document, and is no part of its versions. */
  @Column('jsonb', { name: 'expected_by', nullable: true })
  expectedBy!: ExpectedBy | null;

  /** Whether the runs that were expected until then came is known. */
  @Column('timestamptz', { name: 'judged_until', nullable: true })
  judgedUntil!: Date | null;

  /** By when the last run that did not come was expected. */
  @Column('timestamptz', { name: 'missed_at', nullable: true })
  missedAt!: Date | null;

  /** When to look again whether a run came; null: none is expected. */
  @Column('timestamptz', { name: 'look_at', nullable: true })
  lookAt!: Date | null;

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
