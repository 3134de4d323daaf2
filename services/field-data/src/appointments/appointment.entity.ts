import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id } from '@muster/contracts';
import { AddressedEntity } from '../records/addressed-entity.js';
import { foundBy } from '../records/found-by.js';

/** An appointment of a rep. Properties that hold fields carry the names of the entity schema (`APPOINTMENT` in import-model). */
@Entity('appointment')
@Index('UQ_appointment_external_id', ['companyId', 'externalId', 'repId'], {
  unique: true,
  where: 'deleted_at is null',
})
@Index('IDX_appointment_binned', ['companyId', 'repId', 'externalId'], { where: 'deleted_at is not null' })
@Index('IDX_appointment_rep', ['companyId', 'repId', 'id'])
@Index('IDX_appointment_updated', ['companyId', 'updatedAt'])
@Index('IDX_appointment_id', ['companyId', 'id'])
@Index('IDX_appointment_bin', ['companyId', 'deletedAt'], { where: 'deleted_at is not null' })
@Index('IDX_appointment_bin_age', ['deletedAt'], { where: 'deleted_at is not null' })
@Index('IDX_appointment_customer', ['companyId', 'customer'])
export class Appointment extends AddressedEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_appointment' })
  id!: Id;

  @Column('text')
  subject!: string;

  /** Its id; of the same rep when it was set. It stays whatever becomes of the customer, see docs/adr/0021. */
  @Column('uuid', { name: 'customer_id', nullable: true })
  customer!: Id | null;

  /** In the company's time zone, `yyyy-MM-ddTHH:mm:ss`, as the latest end. */
  @Column('timestamp without time zone', { name: 'earliest_begin', nullable: true })
  earliestBegin!: string | null;

  @Column('timestamp without time zone', { name: 'latest_end', nullable: true })
  latestEnd!: string | null;

  /** Minutes. */
  @Column('integer', { nullable: true })
  duration!: number | null;

  @Column('boolean', { name: 'whole_day', default: false })
  wholeDay!: boolean;

  @Column('text', { nullable: true })
  location!: string | null;

  @Column('text', { nullable: true })
  notes!: string | null;

  /** Words of its texts, folded. */
  @Column('text', foundBy('external_id', 'subject', 'city', 'location'))
  foundBy!: string | null;
}
