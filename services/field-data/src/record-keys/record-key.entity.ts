import { Entity, PrimaryColumn, Column } from 'typeorm';
import type { Id } from '@muster/contracts';

const primary = (name: string) => ({ name, primaryKeyConstraintName: 'PK_record_key' });

/** That a record has these values in the fields of a key set. Triggers of the tables of records keep it. */
@Entity('record_key')
export class RecordKey {
  @PrimaryColumn('uuid', primary('key_set_id'))
  keySetId!: Id;

  /** 128 bits of the values; see `key_digest` in the migration. */
  @PrimaryColumn('bytea', primary('digest'))
  digest!: Buffer;

  @PrimaryColumn('uuid', primary('rep_id'))
  repId!: Id;

  @PrimaryColumn('uuid', primary('record_id'))
  recordId!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;
}
