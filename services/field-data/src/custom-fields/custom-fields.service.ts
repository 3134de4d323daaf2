import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import type { CustomFieldDefinition } from '@muster/import-model';
import { newId, UnitOfWork } from '@muster/persistence';
import { checkVersion, decodeIdCursor, toPage, type Caller, type Page } from '@muster/platform';
import { tableOfEntity } from '../records/record-tables.js';
import { CustomFieldRemovals } from './custom-field-removals.js';
import type { CustomFieldDto, CustomFieldInput, CustomFieldPatch, ListCustomFieldsQuery } from './custom-field.dto.js';
import type { CustomField } from './custom-field.entity.js';
import { CustomFieldRepository } from './custom-field.repository.js';
import {
  isSameField,
  MOST_FIELDS,
  patchedField,
  plainOptions,
  removedCodes,
  requireOptions,
} from './plan-custom-field.js';

/** The fields that companies added to their entities. */
@Injectable()
export class CustomFields {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly fields: CustomFieldRepository,
    private readonly removals: CustomFieldRemovals,
  ) {}

  of({ companyId, entity }: { readonly companyId: Id; readonly entity: string }): Promise<CustomFieldDefinition[]> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` };
    return this.uow.run(scope, (manager) => this.fields.definitions(manager, entity));
  }

  /** @throws Problem invalid_cursor */
  async list(caller: Caller, { entity, limit, cursor }: ListCustomFieldsQuery): Promise<Page<CustomFieldDto>> {
    const after = decodeIdCursor(cursor);
    const rows = await this.uow.run(caller, (manager) => this.fields.page(manager, entity, after, limit + 1));
    const page = toPage(rows, limit, ({ id }) => [id]);
    return { ...page, items: page.items.map(fieldDto) };
  }

  /** @throws Problem validation_failed, custom_field_name_taken, custom_field_being_removed, custom_field_limit */
  async create(caller: Caller, input: CustomFieldInput): Promise<CustomFieldDto> {
    const { entity, name, type, label, description } = input;
    const options = plainOptions(input.options ?? []);
    requireOptions(type, options);
    const texts = { labelEn: label.en, labelDe: label.de, descriptionEn: description?.en ?? '', descriptionDe: description?.de ?? '', options }; // prettier-ignore
    const field = { id: newId(), companyId: caller.companyId, entity, name, type, ...texts };
    const made = await this.uow.run(caller, async (manager) => {
      await this.fields.lock(manager, caller.companyId);
      const all = await this.fields.ofEntity(manager, entity);
      if (all.some((one) => one.name === name)) throw new Problem('custom_field_name_taken', { params: { name }, errors: [{ pointer: '/name', code: 'custom_field_name_taken', params: { name } }] }); // prettier-ignore
      if (all.length >= MOST_FIELDS) throw new Problem('custom_field_limit', { params: { limit: MOST_FIELDS } });
      if (!(await this.isFree(manager, caller, entity, name))) return undefined;
      await this.fields.insert(manager, field);
      return this.require(manager, field.id);
    });
    if (made) return fieldDto(made);
    // Values that are there would come back under the new field, perhaps of another type.
    this.removals.wake();
    throw new Problem('custom_field_being_removed', { params: { name } });
  }

  /** @throws Problem custom_field_not_found, version_conflict, validation_failed, option_in_use */
  change(caller: Caller, id: string, expected: number | undefined, patch: CustomFieldPatch): Promise<CustomFieldDto> {
    return this.uow.run(caller, async (manager) => {
      const field = await this.require(manager, id, true);
      checkVersion(expected, field.version);
      const after = patchedField(field, patch);
      requireOptions(field.type, after.options);
      if (isSameField(field, after)) return fieldDto(field);
      await this.requireUnused(manager, field, removedCodes(field.options, after.options));
      await this.fields.update(manager, field.id, after);
      return fieldDto(await this.require(manager, id));
    });
  }

  /** @throws Problem custom_field_not_found, version_conflict */
  async remove(caller: Caller, id: string, expected: number | undefined): Promise<void> {
    await this.uow.run(caller, async (manager) => {
      const field = await this.require(manager, id, true);
      checkVersion(expected, field.version);
      await this.fields.remove(manager, caller, field);
      this.uow.afterCommit(() => this.removals.wake());
    });
  }

  /** Whether no record has a value of a former field of this name; such values begin to be taken out. */
  private async isFree(manager: EntityManager, caller: Caller, entity: string, name: string): Promise<boolean> {
    if (await this.fields.isBeingRemoved(manager, entity, name)) return false;
    if (!(await this.fields.hasValues(manager, tableOfEntity(entity), caller.companyId, name))) return true;
    await this.fields.addRemoval(manager, caller, { id: newId(), entity, name });
    return false;
  }

  private async requireUnused(manager: EntityManager, field: CustomField, codes: readonly string[]): Promise<void> {
    if (codes.length === 0) return;
    const { companyId, entity, name } = field;
    const value = await this.fields.usedCode(manager, tableOfEntity(entity), companyId, name, codes);
    if (value !== undefined) throw new Problem('option_in_use', { params: { value } });
  }

  private async require(manager: EntityManager, id: string, lock = false): Promise<CustomField> {
    const field = isId(id) ? await this.fields.find(manager, id, lock) : null;
    if (!field) throw new Problem('custom_field_not_found');
    return field;
  }
}

function fieldDto(field: CustomField): CustomFieldDto {
  const { id, entity, name, type, options, version, createdAt, updatedAt } = field;
  return {
    ...{ id, entity, name, type, version, createdAt, updatedAt },
    label: { en: field.labelEn, de: field.labelDe },
    description: { en: field.descriptionEn, de: field.descriptionDe },
    options: [...options],
  };
}
