import { Column, type ColumnOptions, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';
import { generatedColumn } from '@muster/persistence';

const folded = (name: string, expression: string): ColumnOptions => ({
  type: 'text',
  ...generatedColumn(name, expression),
  collation: 'C',
});

/** Accounts name the groups that they belong to in `group_ids`. */
@Entity('user_group')
@Unique('UQ_user_group_name', ['companyId', 'nameKey'])
@Index('IDX_user_group_by_name', ['companyId', 'nameOrder', 'id'])
export class UserGroup {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_user_group' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  name!: string;

  /** By which names are the same in any letter case. */
  @Column(folded('name_key', 'casefold(name collate pg_unicode_fast)'))
  readonly nameKey!: string;

  /** Folded for sorting and searching. */
  @Column(folded('name_order', 'sort_key(name)'))
  readonly nameOrder!: string;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
