import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { CustomFieldType, SelectionOption } from '@muster/import-model';

/** A field that a company added to an entity. Its values stand in `custom_fields` of the records, by its name. */
@Entity('custom_field')
@Unique('UQ_custom_field_name', ['companyId', 'entity', 'name'])
// What stands in statements and columns of files; see CUSTOM_FIELD_NAME of import-model.
@Check('CHK_custom_field_name', `name ~ '^[A-Za-z][A-Za-z0-9_]{0,39}$'`)
export class CustomField {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_custom_field' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  entity!: string;

  /** Never changes, and neither does the type: values of records depend on both. */
  @Column('text')
  name!: string;

  @Column('text')
  type!: CustomFieldType;

  @Column('text', { name: 'label_en' })
  labelEn!: string;

  @Column('text', { name: 'label_de' })
  labelDe!: string;

  @Column('text', { name: 'description_en', default: '' })
  descriptionEn!: string;

  @Column('text', { name: 'description_de', default: '' })
  descriptionDe!: string;

  /** Of a selection, in their order. */
  @Column('jsonb', { default: [] })
  options!: readonly SelectionOption[];

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
