import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { CustomFieldDefinition } from '@muster/import-model';
import type { Scope } from '@muster/persistence';
import type { RecordTable } from '../records/record-table.js';
import { CustomFieldRemoval } from './custom-field-removal.entity.js';
import { CustomField } from './custom-field.entity.js';
import type { FieldTexts } from './plan-custom-field.js';

export type NewField = FieldTexts & Pick<CustomField, 'id' | 'companyId' | 'entity' | 'name' | 'type'>;

@Injectable()
export class CustomFieldRepository {
  /** The fields that the company of the unit of work added to an entity, the oldest first. */
  async definitions(manager: EntityManager, entity: string): Promise<CustomFieldDefinition[]> {
    const fields = await this.ofEntity(manager, entity);
    return fields.map(({ name, type, labelEn, labelDe, descriptionEn, descriptionDe, options }) => ({
      name,
      type,
      label: { en: labelEn, de: labelDe },
      description: { en: descriptionEn, de: descriptionDe },
      options,
    }));
  }

  ofEntity(manager: EntityManager, entity: string): Promise<CustomField[]> {
    return manager.find(CustomField, { where: { entity }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** In the order of their ids. */
  page(
    manager: EntityManager,
    entity: string | undefined,
    after: Id | undefined,
    limit: number,
  ): Promise<CustomField[]> {
    const query = manager.createQueryBuilder(CustomField, 'f');
    if (entity !== undefined) query.andWhere('f.entity = :entity', { entity });
    if (after !== undefined) query.andWhere('f.id > :after', { after });
    return query.orderBy('f.id', 'ASC').limit(limit).getMany();
  }

  find(manager: EntityManager, id: Id, lock = false): Promise<CustomField | null> {
    return manager.findOne(CustomField, {
      where: { id },
      ...(lock && { lock: { mode: 'pessimistic_write' as const } }),
    });
  }

  /** Until the unit of work ends nobody else adds fields to the company's records. */
  async lock(manager: EntityManager, companyId: Id): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended('field-data custom fields ' || $1, 0))`, [
      companyId,
    ]);
  }

  async insert(manager: EntityManager, field: NewField): Promise<void> {
    await manager.createQueryBuilder().insert().into(CustomField).values({ ...field, options: [...field.options] }).updateEntity(false).execute(); // prettier-ignore
  }

  async update(manager: EntityManager, id: Id, texts: FieldTexts): Promise<void> {
    const { labelEn, labelDe, descriptionEn, descriptionDe, options } = texts;
    await manager.query(
      `update custom_field set label_en = $2, label_de = $3, description_en = $4, description_de = $5, options = $6,
              version = version + 1, updated_at = clock_timestamp() where id = $1`,
      [id, labelEn, labelDe, descriptionEn, descriptionDe, JSON.stringify(options)],
    );
  }

  /** Deletes the field; its values are taken out of the records afterwards, see `CustomFieldRemovals`. */
  async remove(manager: EntityManager, scope: Scope, { id, entity, name }: CustomField): Promise<void> {
    await manager.delete(CustomField, { id });
    await this.addRemoval(manager, scope, { id, entity, name });
  }

  async addRemoval(
    manager: EntityManager,
    { companyId, actor, cause }: Scope,
    field: Pick<CustomField, 'id' | 'entity' | 'name'>,
  ): Promise<void> {
    await manager.createQueryBuilder().insert().into(CustomFieldRemoval).values({ ...field, companyId, actor, cause }).orIgnore().updateEntity(false).execute(); // prettier-ignore
  }

  isBeingRemoved(manager: EntityManager, entity: string, name: string): Promise<boolean> {
    return manager.existsBy(CustomFieldRemoval, { entity, name });
  }

  /** Whether any record has a value under this name. Reads all records of the company. */
  async hasValues(manager: EntityManager, { table }: RecordTable, companyId: Id, name: string): Promise<boolean> {
    const [row] = await manager.query<{ found: boolean }[]>(
      `select exists (select 1 from ${table} where company_id = $1 and jsonb_exists(custom_fields, $2)) as found`,
      [companyId, name],
    );
    return row?.found ?? false;
  }

  /** One of these values that a record has. Reads all records of the company. */
  async usedCode(
    manager: EntityManager,
    { table }: RecordTable,
    companyId: Id,
    name: string,
    codes: readonly string[],
  ): Promise<string | undefined> {
    const [row] = await manager.query<{ code: string }[]>(
      `select v.code from ${table} r, string_to_table(r.custom_fields ->> $2, ';') v(code)
       where r.company_id = $1 and v.code = any($3::text[]) limit 1`,
      [companyId, name, [...codes]],
    );
    return row?.code;
  }
}
