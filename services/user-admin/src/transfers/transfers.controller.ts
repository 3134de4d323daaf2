import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, Idempotent, PageQuery, Problems, type Caller } from '@muster/platform';
import { KeptRecordPage, TransferBody, TransferDto } from './transfer.dto.js';
import { Transfers } from './transfers.service.js';

const ADMINISTRATORS = { roles: ['administrator'], scope: 'users:write' } as const;
const SOON_SECONDS = 1;

@ApiTags('users')
@Controller('v1/users')
export class TransfersController {
  constructor(private readonly transfers: Transfers) {}

  /**
   * Transfers the records of an account to another rep, in the background and those in the recycle bin too; a restore point is
   * taken first. Records whose external id the other rep has already stay, and are listed.
   */
  @Post(':id/transfer')
  @HttpCode(202)
  @Idempotent()
  @Allow(ADMINISTRATORS)
  @ApiAcceptedResponse({ type: TransferDto })
  @Problems('user_not_found', 'transfer_target', 'transfer_running')
  async transferUser(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: TransferBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TransferDto> {
    const transfer = await this.transfers.order(caller, id, body);
    response.setHeader('Location', `/v1/users/transfers/${transfer.id}`).setHeader('Retry-After', SOON_SECONDS);
    return transfer;
  }

  /** Reads a transfer of records; kept for 30 days after its end. */
  @Get('transfers/:id')
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: TransferDto })
  @Problems('transfer_not_found')
  getTransfer(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<TransferDto> {
    return this.transfers.get(caller, id);
  }

  /** Lists the records that a transfer left where they were. */
  @Get('transfers/:id/kept')
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: KeptRecordPage })
  @Problems('transfer_not_found', 'invalid_cursor')
  listKeptRecords(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<KeptRecordPage> {
    return this.transfers.kept(caller, id, query);
  }
}
