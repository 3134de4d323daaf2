import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
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
import { UserGroupBody, UserGroupDto, UserGroupPage, UserGroupQuery } from './user-group.dto.js';
import { UserGroupsService } from './user-groups.service.js';

const READ = { roles: ['administrator', 'supervisor'], scope: 'users:read' } as const;
const WRITE = { roles: ['administrator'], scope: 'users:write' } as const;

@ApiTags('user-groups')
@Controller('v1/user-groups')
export class UserGroupsController {
  constructor(private readonly groups: UserGroupsService) {}

  /** Creates a user group; a company may have 1,000. */
  @Post()
  @HttpCode(201)
  @Idempotent()
  @Allow(WRITE)
  @ApiCreatedResponse({ type: UserGroupDto })
  @Problems('group_name_taken', 'too_many_groups')
  async createUserGroup(
    @CurrentCaller() caller: Caller,
    @Body() { name }: UserGroupBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserGroupDto> {
    const group = await this.groups.create(caller, name);
    response.setHeader('Location', `/v1/user-groups/${group.body.id}`);
    return withEtag(response, group);
  }

  /** Lists user groups by name. */
  @Get()
  @Allow(READ)
  @ApiOkResponse({ type: UserGroupPage })
  @Problems('invalid_cursor')
  listUserGroups(@CurrentCaller() caller: Caller, @Query() query: UserGroupQuery): Promise<UserGroupPage> {
    return this.groups.list(caller, query);
  }

  /** Reads a user group. */
  @Get(':id')
  @Allow(READ)
  @ApiOkResponse({ type: UserGroupDto })
  @Problems('group_not_found')
  async getUserGroup(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserGroupDto> {
    return withEtag(response, await this.groups.get(caller, id));
  }

  /** Renames a user group, if nobody else has changed it since it was read. */
  @Patch(':id')
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read, or *.' })
  @ApiOkResponse({ type: UserGroupDto })
  @Problems('group_not_found', 'group_name_taken', 'precondition_required', 'version_conflict')
  async changeUserGroup(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @RequiredIfMatch() expected: number | undefined,
    @Body() { name }: UserGroupBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserGroupDto> {
    return withEtag(response, await this.groups.rename(caller, id, name, expected));
  }

  /** Deletes a user group and takes it out of the accounts that belong to it. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiNoContentResponse()
  @Problems('group_not_found', 'version_conflict')
  deleteUserGroup(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() expected: number | undefined,
  ): Promise<void> {
    return this.groups.remove(caller, id, expected);
  }
}
