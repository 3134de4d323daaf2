import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, type Caller, CurrentCaller, Problems, RequiredIfMatch, withEtag } from '@muster/platform';
import { CODE_LISTS } from './code-list.js';
import { CodeListBody, CodeListDto, CodeListPage } from './code-list.dto.js';
import { CodeListsService } from './code-lists.service.js';

const READ = { roles: ['administrator'], scope: 'company:read' } as const;
const WRITE = { roles: ['administrator'], scope: 'company:write' } as const;

@ApiTags('code-lists')
@Controller('v1/code-lists')
export class CodeListsController {
  constructor(private readonly codeLists: CodeListsService) {}

  /** Lists all code lists with their codes. */
  @Get()
  @Allow(READ)
  @ApiOkResponse({ type: CodeListPage })
  listCodeLists(@CurrentCaller() caller: Caller): Promise<CodeListPage> {
    return this.codeLists.list(caller);
  }

  /** Reads a code list. */
  @Get(':list')
  @Allow(READ)
  @ApiParam({ name: 'list', enum: CODE_LISTS })
  @ApiOkResponse({ type: CodeListDto })
  @Problems('code_list_not_found')
  async getCodeList(
    @CurrentCaller() caller: Caller,
    @Param('list') list: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CodeListDto> {
    return withEtag(response, await this.codeLists.get(caller, list));
  }

  /** Replaces a code list, if nobody else has changed it since it was read. Accounts keep the codes that they have. */
  @Put(':list')
  @Allow(WRITE)
  @ApiParam({ name: 'list', enum: CODE_LISTS })
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read, or *.' })
  @ApiOkResponse({ type: CodeListDto })
  @Problems('code_list_not_found', 'precondition_required', 'version_conflict')
  async replaceCodeList(
    @CurrentCaller() caller: Caller,
    @Param('list') list: string,
    @RequiredIfMatch() expected: number | undefined,
    @Body() body: CodeListBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CodeListDto> {
    return withEtag(response, await this.codeLists.replace(caller, list, body, expected));
  }
}
