import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, Problems, type AccessRule, type Caller } from '@muster/platform';
import { ConfigurationTemplateQuery, ImportSchemaDto } from './import-schema.dto.js';
import { ImportSchemas } from './import-schemas.service.js';

const READ: AccessRule = { roles: ['administrator', 'supervisor', 'user'], scope: 'imports:read' };

@ApiTags('import schema')
@Controller('v1/import-schema')
export class ImportSchemaController {
  constructor(private readonly schemas: ImportSchemas) {}

  /** Describes the fields of an entity in both languages, the company's own among them: what a mapping screen needs. */
  @Get(':entity')
  @Allow(READ)
  @ApiOkResponse({ type: ImportSchemaDto })
  @Problems('unknown_entity', 'user_import_not_available')
  getImportSchema(@CurrentCaller() caller: Caller, @Param('entity') entity: string): Promise<ImportSchemaDto> {
    return this.schemas.describe(caller, entity);
  }

  /** A configuration that maps every field of an entity, to begin with; the columns are called as the fields are. */
  @Get(':entity/configuration-template')
  @Allow(READ)
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Problems('unknown_entity', 'user_import_not_available', 'validation_failed')
  getConfigurationTemplate(
    @CurrentCaller() caller: Caller,
    @Param('entity') entity: string,
    @Query() query: ConfigurationTemplateQuery,
  ): Promise<object> {
    return this.schemas.template(caller, entity, query);
  }
}
