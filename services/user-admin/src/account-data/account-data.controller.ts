import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { AccountDataQuery } from './account-data.dto.js';
import { AccountData, ARCHIVE_TYPE } from './account-data.service.js';

@ApiTags('users')
@Controller('v1/users')
export class AccountDataController {
  constructor(private readonly data: AccountData) {}

  /**
   * Downloads all data of an account, also of a deactivated one, as a ZIP archive: `account.csv`, and of staff a file for each
   * kind of records, `customers.csv` and so on, those in the recycle bin marked. Once it was sent whole, and as long as no
   * record of the account changes, the account can be deleted without `discardData`.
   */
  @Get(':id/data')
  @Allow({ roles: ['administrator'] })
  @ApiProduces(ARCHIVE_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('user_not_found')
  downloadUserData(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { language = caller.language }: AccountDataQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.data.send(caller, id, language, response);
  }
}
