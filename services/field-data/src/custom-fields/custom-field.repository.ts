import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CustomFieldDefinition, CustomFieldType, SelectionOption } from '@muster/import-model';

interface Row {
  readonly name: string;
  readonly type: CustomFieldType;
  readonly labelEn: string;
  readonly labelDe: string;
  readonly descriptionEn: string;
  readonly descriptionDe: string;
  readonly options: readonly SelectionOption[];
}

@Injectable()
export class CustomFieldRepository {
  /** The fields that the company of the unit of work added to an entity, the oldest first. */
  async definitions(manager: EntityManager, entity: string): Promise<CustomFieldDefinition[]> {
    const rows = await manager.query<Row[]>(
      `select name, type, label_en as "labelEn", label_de as "labelDe", description_en as "descriptionEn",
              description_de as "descriptionDe", options
       from custom_field where entity = $1 order by created_at, id`,
      [entity],
    );
    return rows.map(({ name, type, labelEn, labelDe, descriptionEn, descriptionDe, options }) => ({
      name,
      type,
      label: { en: labelEn, de: labelDe },
      description: { en: descriptionEn, de: descriptionDe },
      options,
    }));
  }
}
