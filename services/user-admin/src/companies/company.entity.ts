import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Id, Language } from '@muster/contracts';
import { generatedColumn } from '@muster/persistence';
import type { InheritedValues } from '../users/account-fields.js';

export const HOST_SYSTEMS = ['none', 'salesforce', 'dynamics', 'outlook', 'other'] as const;
/** What keeps the accounts of a company in step, if not Muster. */
export type HostSystem = (typeof HOST_SYSTEMS)[number];

/** A tenant. */
@Entity('company')
@Unique('UQ_company_name', ['nameKey'])
export class Company {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_company' })
  id!: Id;

  /** People type it to sign in, in any letter case. */
  @Column('text')
  name!: string;

  @Column('text', generatedColumn('name_key', 'lower(name)'))
  readonly nameKey!: string;

  @Column('text')
  language!: Language;

  /** IANA name. */
  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  /** ISO 3166-1 alpha-2. */
  @Column('text')
  country!: string;

  /** How many staff accounts may have their own schedule. */
  @Column('integer')
  licences!: number;

  @Column('text', { name: 'host_system', default: 'none' })
  hostSystem!: HostSystem;

  /** Data rows of one import file. */
  @Column('integer', { name: 'import_row_limit', default: 100_000 })
  importRowLimit!: number;

  /** Bytes of one import file. */
  @Column('bigint', { name: 'import_byte_limit', default: 31_457_280 })
  importByteLimit!: number;

  /** What accounts have that have set nothing of their own, by field id; what is left out is that of Muster. */
  @Column('jsonb', { default: {} })
  defaults!: InheritedValues;

  /** See the guard of unattended changes: the lesser of both. */
  @Column('smallint', { name: 'guard_percent', default: 20 })
  guardPercent!: number;

  @Column('integer', { name: 'guard_count', default: 500 })
  guardCount!: number;

  /** When work that can wait is done, `HH:mm` in the company's time zone. */
  @Column('text', { name: 'night_window_from', default: '01:00' })
  nightWindowFrom!: string;

  @Column('text', { name: 'night_window_to', default: '05:00' })
  nightWindowTo!: string;

  /** How long an access link is good after it was sent. */
  @Column('smallint', { name: 'access_link_days', default: 7 })
  accessLinkDays!: number;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** Set: it is no more to be found, and nobody of it can sign in. */
  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
