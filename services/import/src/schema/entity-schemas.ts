import { Injectable } from '@nestjs/common';
import { customFieldsOfEntity, ownerOfEntity, type Id } from '@muster/contracts';
import {
  CUSTOM_FIELD_TYPES,
  entitySchema,
  isCustomField,
  isEntityName,
  withCustomFields,
  type CustomFieldDefinition,
  type CustomFieldType,
  type EntityName,
  type EntitySchema,
} from '@muster/import-model';
import { Questions } from '@muster/platform';
import { CompanyProfile } from '../uploads/company-profile.js';

/** @throws Error when there is no such entity */
export type SchemaOf = (entity: string) => EntitySchema;

/** The entities as companies have them: with the fields that they added. */
@Injectable()
export class EntitySchemas {
  constructor(
    private readonly questions: Questions,
    private readonly companies: CompanyProfile,
  ) {}

  /** @throws Problem user_import_not_available; service_unavailable when who knows does not answer */
  async of(companyId: Id, entity: EntityName): Promise<EntitySchema> {
    await this.companies.requireImportOf(companyId, entity);
    const schema = entitySchema(entity);
    if (ownerOfEntity(entity) !== 'field-data') return schema;
    const { fields } = await this.questions.ask(customFieldsOfEntity, { companyId, entity });
    return withCustomFields(schema, fields.flatMap(definitionOf));
  }

  /**
   * What a configuration document is checked with; asks only where it names a field that all companies do not have.
   * @throws Problem user_import_not_available
   */
  async forDocument(companyId: Id, document: unknown): Promise<SchemaOf> {
    const { entity, mappings } = (document ?? {}) as { entity?: unknown; mappings?: unknown };
    if (typeof entity === 'string') await this.companies.requireImportOf(companyId, entity);
    const isOwn = Array.isArray(mappings) && mappings.some(namesCustomField);
    if (!isOwn || typeof entity !== 'string' || !isEntityName(entity)) return entitySchema;
    const own = await this.of(companyId, entity);
    return (name) => (name === entity ? own : entitySchema(name));
  }
}

function namesCustomField(mapping: unknown): boolean {
  const { TargetFieldID: target } = (mapping ?? {}) as { TargetFieldID?: unknown };
  return typeof target === 'string' && isCustomField(target);
}

/** A type that this build does not know is of a later one: its values cannot be read here. */
function definitionOf(field: Omit<CustomFieldDefinition, 'type'> & { readonly type: string }): CustomFieldDefinition[] {
  const type = CUSTOM_FIELD_TYPES.find((one): one is CustomFieldType => one === field.type);
  return type === undefined ? [] : [{ ...field, type }];
}
