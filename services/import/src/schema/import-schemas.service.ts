import { Injectable } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { isEntityName, unknownEntityParams, templateConfiguration, type EntitySchema } from '@muster/import-model';
import type { Caller } from '@muster/platform';
import { EntitySchemas } from './entity-schemas.js';
import { importSchemaDto, type ConfigurationTemplateQuery, type ImportSchemaDto } from './import-schema.dto.js';

/** What can be imported, for those who make configurations. */
@Injectable()
export class ImportSchemas {
  constructor(private readonly schemas: EntitySchemas) {}

  /** @throws Problem unknown_entity */
  async describe(caller: Caller, entity: string): Promise<ImportSchemaDto> {
    return importSchemaDto(await this.of(caller, entity));
  }

  /** @throws Problem unknown_entity */
  async template(caller: Caller, entity: string, { language }: ConfigurationTemplateQuery): Promise<object> {
    return templateConfiguration(await this.of(caller, entity), language ?? caller.language);
  }

  private async of({ companyId }: Caller, entity: string): Promise<EntitySchema> {
    if (!isEntityName(entity)) throw new Problem('unknown_entity', { params: unknownEntityParams(entity) });
    return this.schemas.of(companyId, entity);
  }
}
