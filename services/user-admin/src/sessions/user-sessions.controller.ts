import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, PageQuery, Problems, type Caller } from '@muster/platform';
import { SessionPage } from './session.dto.js';
import { SessionsService } from './sessions.service.js';

const ADMINISTRATORS = { roles: ['administrator'] } as const;

@ApiTags('users')
@Controller('v1/users/:id/sessions')
export class UserSessionsController {
  constructor(private readonly sessions: SessionsService) {}

  /** Lists the open sessions of an account. */
  @Get()
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: SessionPage })
  @Problems('user_not_found', 'invalid_cursor')
  listUserSessions(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<SessionPage> {
    return this.sessions.listOf(caller, id, query);
  }

  /** Ends all sessions of an account, with every access token; whoever knows the password may sign in again. */
  @Delete()
  @HttpCode(204)
  @Allow(ADMINISTRATORS)
  @ApiNoContentResponse()
  @Problems('user_not_found')
  endUserSessions(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.sessions.endAllOf(caller, id);
  }
}
