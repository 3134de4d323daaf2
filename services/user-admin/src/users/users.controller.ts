import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, etag, Idempotent, Problems, type Caller } from '@muster/platform';
import { CreateUserBody, userDto, UserDto, UserListQuery, UserPage } from './user.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('users')
@Controller('v1/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Creates a user account. Nobody is told. */
  @Post()
  @HttpCode(201)
  @Idempotent()
  @Allow({ roles: ['administrator'], scope: 'users:write' })
  @ApiCreatedResponse({ type: UserDto })
  @Problems('value_taken', 'licence_exceeded')
  async createUser(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateUserBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    const account = await this.users.create(caller, body);
    response.setHeader('Location', `/v1/users/${account.id}`).setHeader('ETag', etag(account.version));
    return userDto(account);
  }

  /** Lists user accounts in the order in which they were created. */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'users:read' })
  @ApiOkResponse({ type: UserPage })
  @Problems('invalid_cursor')
  listUsers(@CurrentCaller() caller: Caller, @Query() query: UserListQuery): Promise<UserPage> {
    return this.users.list(caller, query);
  }

  /** Reads a user account; who is no administrator can read their own. */
  @Get(':id')
  @Allow({ roles: ['administrator', 'supervisor', 'user'], scope: 'users:read' })
  @ApiOkResponse({ type: UserDto })
  @Problems('user_not_found')
  async getUser(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    const account = await this.users.get(caller, id);
    response.setHeader('ETag', etag(account.version));
    return userDto(account);
  }
}
