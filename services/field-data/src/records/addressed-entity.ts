import { Column } from 'typeorm';
import { RecordEntity } from './record-entity.js';

/** Where something is: the fields of `ADDRESS` in import-model. */
export abstract class AddressedEntity extends RecordEntity {
  @Column('text', { nullable: true })
  street!: string | null;

  @Column('text', { name: 'postal_code', nullable: true })
  postalCode!: string | null;

  @Column('text', { nullable: true })
  city!: string | null;

  @Column('text', { nullable: true })
  state!: string | null;

  @Column('text', { nullable: true })
  country!: string | null;

  @Column('double precision', { nullable: true })
  latitude!: number | null;

  @Column('double precision', { nullable: true })
  longitude!: number | null;
}
