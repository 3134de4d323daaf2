import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, PageQuery, Problems, type Caller } from '@muster/platform';
import { ApiKeyPage, CreateApiKeyBody, NewApiKeyDto, RotateApiKeyBody } from './api-key.dto.js';
import { ApiKeysService } from './api-keys.service.js';

// Without a scope: a key must not make keys.
const ADMINISTRATORS = { roles: ['administrator'] } as const;

// Operators' keys are made by whoever has the password of the database, and kept by operators.
const KEEPERS = { roles: ['administrator', 'operator'] } as const;

@ApiTags('api-keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  /** Creates an API key and shows it, this once. */
  @Post()
  @HttpCode(201)
  @Allow(ADMINISTRATORS)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: NewApiKeyDto })
  @Problems('idempotency_key_in_use', 'idempotency_key_reused', 'idempotency_key_invalid')
  createApiKey(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateApiKeyBody,
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<NewApiKeyDto> {
    response.setHeader('Cache-Control', 'no-store');
    return this.keys.create(caller, body, key);
  }

  /** Gives an API key a new secret and shows it, this once; the one so far is good for a while yet. */
  @Post(':id/rotate')
  @HttpCode(200)
  @Allow(KEEPERS)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiOkResponse({ type: NewApiKeyDto })
  @Problems('api_key_not_found', 'idempotency_key_in_use', 'idempotency_key_reused', 'idempotency_key_invalid')
  rotateApiKey(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: RotateApiKeyBody,
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<NewApiKeyDto> {
    response.setHeader('Cache-Control', 'no-store');
    return this.keys.rotate(caller, id, body, key);
  }

  /** Lists API keys that were not revoked, without their secrets; an operator sees those of operators. */
  @Get()
  @Allow(KEEPERS)
  @ApiOkResponse({ type: ApiKeyPage })
  @Problems('invalid_cursor')
  listApiKeys(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<ApiKeyPage> {
    return this.keys.list(caller, query);
  }

  /** Revokes an API key; every service refuses it within seconds. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(KEEPERS)
  @ApiNoContentResponse()
  @Problems('api_key_not_found')
  revokeApiKey(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.keys.revoke(caller, id);
  }
}
