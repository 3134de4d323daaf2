import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { CodeListName, Permission } from './code-list.js';

export interface StoredCode {
  readonly en: string;
  readonly de: string;
  readonly permissions?: readonly Permission[];
}

/** A list that the company has written; one without a row is as Muster presets it. */
@Entity('code_list')
export class StoredCodeList {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_code_list' })
  companyId!: Id;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_code_list' })
  list!: CodeListName;

  @Column('jsonb')
  codes!: Readonly<Record<string, StoredCode>>;

  /** The codes in their order, which jsonb does not keep. */
  @Column('text', { array: true })
  sequence!: string[];

  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
