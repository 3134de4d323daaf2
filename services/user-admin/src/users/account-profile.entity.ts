import { Column } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { Gender } from './account-fields.js';

/** Person, contact and address of an account; null: not set. Part of {@link UserAccount}. */
export abstract class AccountProfile {
  @Column('text', { nullable: true })
  title!: string | null;

  /** As typed. */
  @Column('text', { nullable: true })
  phone!: string | null;

  /** The same as E.164 with the company's country; null also when it gives none. */
  @Column('text', { name: 'phone_e164', nullable: true })
  phoneE164!: string | null;

  /** As typed. */
  @Column('text', { nullable: true })
  mobile!: string | null;

  @Column('text', { name: 'mobile_e164', nullable: true })
  mobileE164!: string | null;

  /** For administrators only. */
  @Column('text', { nullable: true })
  note!: string | null;

  @Column('text', { name: 'home_street', nullable: true })
  homeStreet!: string | null;

  @Column('text', { name: 'home_postal_code', nullable: true })
  homePostalCode!: string | null;

  @Column('text', { name: 'home_city', nullable: true })
  homeCity!: string | null;

  @Column('text', { name: 'home_state', nullable: true })
  homeState!: string | null;

  @Column('text', { name: 'home_country', nullable: true })
  homeCountry!: string | null;

  /** Degrees; together with the longitude or not at all. */
  @Column('double precision', { name: 'home_latitude', nullable: true })
  homeLatitude!: number | null;

  @Column('double precision', { name: 'home_longitude', nullable: true })
  homeLongitude!: number | null;

  /** 12 digits, text. */
  @Column('text', { nullable: true })
  uprn!: string | null;

  /** `yyyy-MM-dd`. */
  @Column('date', { name: 'date_of_birth', nullable: true })
  dateOfBirth!: string | null;

  @Column('text', { nullable: true })
  gender!: Gender | null;

  @Column('text', { name: 'customer_type', nullable: true })
  customerType!: string | null;

  /** For administrators only. */
  @Column('text', { name: 'tax_identifier', nullable: true })
  taxIdentifier!: string | null;

  @Column('text', { name: 'access_level', nullable: true })
  accessLevel!: string | null;

  @Column('text', { array: true, default: '{}' })
  roles!: string[];

  @Column('text', { name: 'role_options', array: true, default: '{}' })
  roleOptions!: string[];

  /** The groups that the account belongs to. */
  @Column('uuid', { name: 'group_ids', array: true, default: '{}' })
  groupIds!: Id[];
}
