import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { requireScopeFor } from '../imports/account-scope.js';
import { ImportRepository } from '../imports/import.repository.js';
import { ReadingRepository } from './readings.js';
import { UsedConfigurationPage } from './used-configuration.dto.js';

@ApiTags('imports')
@Controller('v1/imports/:id/configurations')
export class ReadingsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly readings: ReadingRepository,
  ) {}

  /** Lists the configurations that rows of an import were written with, and last the present one. */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: UsedConfigurationPage })
  @Problems('import_not_found')
  listUsedConfigurations(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<UsedConfigurationPage> {
    return this.list(caller, id);
  }

  private list(caller: Caller, id: Id): Promise<UsedConfigurationPage> {
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.get(manager, id);
      requireScopeFor(job.entity, caller);
      const { all } = await this.readings.of(manager, job);
      const items = all.map(({ no, configuration, configurationId, configurationVersion, uploadId }) => ({
        ...{ no, configuration: { ...configuration }, configurationId, configurationVersion, uploadId },
      }));
      return { items, nextCursor: null };
    });
  }
}
