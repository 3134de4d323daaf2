import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  Allow,
  type Caller,
  CurrentCaller,
  Idempotent,
  IfMatch,
  Problems,
  RequiredIfMatch,
  withEtag,
} from '@muster/platform';
import { ChangeUserBody, CreateUserBody, UserDto } from './user.dto.js';
import { UserListQuery, UserPage } from './user-list.dto.js';
import { UsersService } from './users.service.js';
import { wishesOf } from './wishes-of.js';

// A host's connector reads and writes accounts to keep them in step.
const SYNC = { orScope: 'users:sync' } as const;
const WRITE = { roles: ['administrator'], scope: 'users:write', ...SYNC } as const;

@ApiTags('users')
@Controller('v1/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Creates a user account. Nobody is told, unless `notify` says so. */
  @Post()
  @HttpCode(201)
  @Idempotent()
  @Allow(WRITE)
  @ApiCreatedResponse({ type: UserDto })
  @Problems('value_taken', 'licence_exceeded')
  async createUser(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateUserBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    const user = await this.users.create(caller, body);
    response.setHeader('Location', `/v1/users/${user.body.id}`);
    return withEtag(response, user);
  }

  /** Lists user accounts; supervisors get those that share a group with them. */
  @Get()
  @Allow({ roles: ['administrator', 'supervisor'], scope: 'users:read', ...SYNC })
  @ApiOkResponse({ type: UserPage })
  @Problems('invalid_cursor')
  listUsers(@CurrentCaller() caller: Caller, @Query() query: UserListQuery): Promise<UserPage> {
    return this.users.list(caller, query);
  }

  /**
   * Reads a user account: administrators all, supervisors those that share a group with them, everybody their own, portal
   * users and people too.
   */
  @Get(':id')
  @Allow({ roles: ['administrator', 'supervisor', 'user', 'portal', 'person'], scope: 'users:read', ...SYNC })
  @ApiOkResponse({ type: UserDto })
  @Problems('user_not_found')
  async getUser(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    return withEtag(response, await this.users.get(caller, id));
  }

  /** Changes a user account by a JSON merge patch, if nobody else has changed it since it was read. */
  @Patch(':id')
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read, or *.' })
  @ApiOkResponse({ type: UserDto })
  @Problems(
    'user_not_found',
    'precondition_required',
    'version_conflict',
    'value_taken',
    'licence_exceeded',
    'last_administrator',
    'schedule_removal_not_confirmed',
  )
  async changeUser(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @RequiredIfMatch() expected: number | undefined,
    @Body() body: ChangeUserBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    const { confirmScheduleRemoval } = body;
    const options = { expected, confirmScheduleRemoval };
    return withEtag(response, await this.users.change(caller, id, wishesOf(body), options));
  }

  /** Activates a deactivated user account. Its access link stays off until one is sent. */
  @Post(':id/activate')
  @HttpCode(200)
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: UserDto })
  @Problems('user_not_found', 'version_conflict')
  async activateUser(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    return withEtag(response, await this.users.change(caller, id, { loginEnabled: true }, { expected }));
  }

  /** Deactivates a user account: nobody can sign in with it any more; its data and its licence stay. */
  @Post(':id/deactivate')
  @HttpCode(200)
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: UserDto })
  @Problems('user_not_found', 'version_conflict', 'last_administrator')
  async deactivateUser(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    return withEtag(response, await this.users.change(caller, id, { loginEnabled: false }, { expected }));
  }
}
