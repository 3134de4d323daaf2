import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { configurationSchema } from '@muster/import-model';
import {
  Allow,
  type Caller,
  CurrentCaller,
  Idempotent,
  IfMatch,
  PageQuery,
  Problems,
  RequiredIfMatch,
  withOwnEtag,
} from '@muster/platform';
import {
  ConfigurationListQuery,
  ConfigurationVersionPage,
  ConfigurationVersionQuery,
  SaveConfigurationBody,
  SavedConfigurationDto,
  SavedConfigurationPage,
} from './saved-configuration.dto.js';
import { SavedConfigurations } from './saved-configurations.service.js';

const READ = { roles: ['administrator'], scope: 'imports:read' } as const;
const WRITE = { roles: ['administrator'], scope: 'imports:write' } as const;
const ANY_OBJECT = { schema: { type: 'object', additionalProperties: true } } as const;

@ApiTags('import configurations')
@Controller('v1/import-configurations')
export class SavedConfigurationsController {
  constructor(private readonly configurations: SavedConfigurations) {}

  /** Saves a configuration by a name; a company may have 1,000. */
  @Post()
  @HttpCode(201)
  @Idempotent()
  @Allow(WRITE)
  @ApiCreatedResponse({ type: SavedConfigurationDto })
  @Problems('configuration_invalid', 'user_import_not_available', 'configuration_name_taken', 'too_many_configurations')
  async createImportConfiguration(
    @CurrentCaller() caller: Caller,
    @Body() body: SaveConfigurationBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SavedConfigurationDto> {
    const saved = await this.configurations.create(caller, body);
    response.setHeader('Location', `/v1/import-configurations/${saved.id}`);
    return withOwnEtag(response, saved);
  }

  /** Lists saved configurations by name. */
  @Get()
  @Allow(READ)
  @ApiOkResponse({ type: SavedConfigurationPage })
  @Problems('invalid_cursor')
  listImportConfigurations(
    @CurrentCaller() caller: Caller,
    @Query() query: ConfigurationListQuery,
  ): Promise<SavedConfigurationPage> {
    return this.configurations.list(caller, query);
  }

  /** The JSON Schema of a configuration document, for editors and for those who generate one. */
  @Get('schema')
  @Allow({ roles: ['administrator', 'supervisor', 'user'], scope: 'imports:read' })
  @ApiOkResponse(ANY_OBJECT)
  getConfigurationSchema(): Record<string, unknown> {
    return configurationSchema();
  }

  /** Reads a saved configuration as it is now. */
  @Get(':id')
  @Allow(READ)
  @ApiOkResponse({ type: SavedConfigurationDto })
  @Problems('configuration_not_found')
  async getImportConfiguration(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SavedConfigurationDto> {
    return withOwnEtag(response, await this.configurations.get(caller, id));
  }

  /** Writes the next version, if nobody else has changed it since it was read. */
  @Put(':id')
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read, or *.' })
  @ApiOkResponse({ type: SavedConfigurationDto })
  @Problems(
    'configuration_not_found',
    'configuration_invalid',
    'user_import_not_available',
    'configuration_name_taken',
    'precondition_required',
    'version_conflict',
  )
  async replaceImportConfiguration(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @RequiredIfMatch() expected: number | undefined,
    @Body() body: SaveConfigurationBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SavedConfigurationDto> {
    return withOwnEtag(response, await this.configurations.replace(caller, id, body, expected));
  }

  /** Deletes a saved configuration with its versions; imports keep what they used. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiNoContentResponse()
  @Problems('configuration_not_found', 'version_conflict')
  deleteImportConfiguration(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() expected: number | undefined,
  ): Promise<void> {
    return this.configurations.remove(caller, id, expected);
  }

  /** Lists what it said at each of its versions, the latest first. */
  @Get(':id/versions')
  @Allow(READ)
  @ApiOkResponse({ type: ConfigurationVersionPage })
  @Problems('configuration_not_found', 'invalid_cursor')
  listConfigurationVersions(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<ConfigurationVersionPage> {
    return this.configurations.versions(caller, id, query);
  }

  /** Downloads the document as a file (`*.importcfg`), which can be saved again here or by another company. */
  @Get(':id/download')
  @Allow(READ)
  @ApiOkResponse({ ...ANY_OBJECT, description: 'The configuration document.' })
  @Problems('configuration_not_found')
  async downloadImportConfiguration(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { version }: ConfigurationVersionQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Record<string, unknown>> {
    const { name, document } = await this.configurations.at(caller, id, version);
    const fileName = encodeURIComponent(`${name}.importcfg`);
    response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${fileName}`);
    return { ...document };
  }
}
