import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, pageOf, Problems, type Caller, type Page } from '@muster/platform';
import { READ_RECORDS, WRITE_RECORDS } from '../record-api/access-rules.js';
import {
  BinnedRecordDto,
  ListRecycleBinQuery,
  PurgedDto,
  RecycleBinSelection,
  RestoredDto,
} from './recycle-bin.dto.js';
import { RecycleBin } from './recycle-bin.service.js';

@ApiTags('recycle-bin')
@Controller('v1/recycle-bin')
export class RecycleBinController {
  constructor(private readonly bin: RecycleBin) {}

  /** Lists deleted records of all kinds, the latest deletion first. They stay for 14 days. */
  @Get()
  @Allow(READ_RECORDS)
  @ApiOkResponse({ type: pageOf(BinnedRecordDto) })
  listRecycleBin(@CurrentCaller() caller: Caller, @Query() query: ListRecycleBinQuery): Promise<Page<BinnedRecordDto>> {
    return this.bin.list(caller, query);
  }

  /**
   * Takes records out of the recycle bin, with everything that they had. Those that `ids` names come back all or none: when an
   * external id was given to another record meanwhile, none. Of those that `filter` lets pass, these stay where they are.
   */
  @Post('restore')
  @HttpCode(200)
  @Allow(WRITE_RECORDS)
  @ApiOkResponse({ type: RestoredDto })
  @Problems('records_not_chosen', 'external_id_taken', 'rep_unknown')
  restoreFromRecycleBin(@CurrentCaller() caller: Caller, @Body() selection: RecycleBinSelection): Promise<RestoredDto> {
    return this.bin.restore(caller, selection);
  }

  /** Deletes records of the recycle bin for good, with their history: no restore point brings them back. */
  @Post('purge')
  @HttpCode(200)
  @Allow(WRITE_RECORDS)
  @ApiOkResponse({ type: PurgedDto })
  @Problems('records_not_chosen')
  purgeRecycleBin(@CurrentCaller() caller: Caller, @Body() selection: RecycleBinSelection): Promise<PurgedDto> {
    return this.bin.purge(caller, selection);
  }
}
