import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import { AddressedEntity } from '../records/addressed-entity.js';
import { foundBy } from '../records/found-by.js';

/**
 * A customer of a rep. The properties from `externalId` to `lastCall` carry the names of the fields of the entity schema
 * (`CUSTOMER` in import-model); `customer-columns.ts` makes the map from field to column from this class.
 */
@Entity('customer')
@Index('UQ_customer_external_id', ['companyId', 'externalId', 'repId'], { unique: true, where: 'deleted_at is null' })
@Index('IDX_customer_binned', ['companyId', 'repId', 'externalId'], { where: 'deleted_at is not null' })
@Index('IDX_customer_rep', ['companyId', 'repId', 'id'])
@Index('IDX_customer_updated', ['companyId', 'updatedAt'])
@Index('IDX_customer_id', ['companyId', 'id'])
@Index('IDX_customer_bin', ['companyId', 'deletedAt'], { where: 'deleted_at is not null' })
@Index('IDX_customer_bin_age', ['deletedAt'], { where: 'deleted_at is not null' })
export class Customer extends AddressedEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_customer' })
  id!: Id;

  @Column('text')
  name1!: string;

  @Column('text', { nullable: true })
  name2!: string | null;

  @Column('text', { nullable: true })
  name3!: string | null;

  @Column('text', { nullable: true })
  salutation!: string | null;

  @Column('text', { name: 'first_name', nullable: true })
  firstName!: string | null;

  @Column('text', { name: 'last_name', nullable: true })
  lastName!: string | null;

  @Column('text', { nullable: true })
  phone!: string | null;

  @Column('text', { nullable: true })
  mobile!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  website!: string | null;

  /** Days. */
  @Column('integer', { name: 'call_interval', nullable: true })
  callInterval!: number | null;

  /** Minutes. */
  @Column('integer', { name: 'call_duration', nullable: true })
  callDuration!: number | null;

  @Column('text', { nullable: true })
  category!: string | null;

  @Column('text', { nullable: true })
  notes!: string | null;

  @Column('text', { name: 'business_hours', nullable: true })
  businessHours!: string | null;

  @Column('boolean', { name: 'do_not_call', default: false })
  doNotCall!: boolean;

  /** In the company's time zone, `yyyy-MM-ddTHH:mm:ss`. */
  @Column('timestamp without time zone', { name: 'last_call', nullable: true })
  lastCall!: string | null;

  /** Words of its texts, folded. */
  @Column('text', foundBy('external_id', 'name1', 'name2', 'name3', 'first_name', 'last_name', 'city'))
  foundBy!: string | null;
}
