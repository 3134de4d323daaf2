import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, PageQuery, Problems, type Caller } from '@muster/platform';
import { SessionPage } from './session.dto.js';
import { SessionsService } from './sessions.service.js';

const PEOPLE = { roles: ['administrator', 'supervisor', 'user', 'portal', 'person'] } as const;

@ApiTags('sign-in')
@Controller('v1/me/sessions')
export class OwnSessionsController {
  constructor(private readonly sessions: SessionsService) {}

  /** Lists the caller's open sessions. */
  @Get()
  @Allow(PEOPLE)
  @ApiOkResponse({ type: SessionPage })
  @Problems('invalid_cursor')
  listOwnSessions(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<SessionPage> {
    return this.sessions.listOwn(caller, query);
  }

  /** Ends one of the caller's sessions, with its access tokens. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(PEOPLE)
  @ApiNoContentResponse()
  @Problems('session_not_found')
  endOwnSession(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.sessions.endOwn(caller, id);
  }
}
