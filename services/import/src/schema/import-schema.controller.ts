import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Problem } from '@muster/contracts';
import { ENTITIES, entitySchema } from '@muster/import-model';
import { Allow, Problems } from '@muster/platform';
import { importSchemaDto, ImportSchemaDto } from './import-schema.dto.js';

@ApiTags('import schema')
@Controller('v1/import-schema')
export class ImportSchemaController {
  /** Describes the fields of an entity in both languages: what a mapping screen needs. */
  @Get(':entity')
  @Allow({ roles: ['administrator', 'supervisor', 'user'], scope: 'imports:read' })
  @ApiOkResponse({ type: ImportSchemaDto })
  @Problems('unknown_entity')
  getImportSchema(@Param('entity') entity: string): ImportSchemaDto {
    if (!Object.hasOwn(ENTITIES, entity)) throw new Problem('unknown_entity', { params: { name: entity } });
    return importSchemaDto(entitySchema(entity));
  }
}
