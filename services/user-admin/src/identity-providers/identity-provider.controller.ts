import { Body, Controller, Delete, Get, HttpCode, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, type Caller, CurrentCaller, IfMatch, Problems, withEtag } from '@muster/platform';
import { identityProviderDto, IdentityProviderDto, PutIdentityProviderBody } from './identity-provider.dto.js';
import { IdentityProvidersService } from './identity-providers.service.js';

// Without a scope: a key must not say who may sign in.
const ADMINISTRATORS = { roles: ['administrator'] } as const;

@ApiTags('company')
@Controller('v1/company/identity-provider')
export class IdentityProviderController {
  constructor(private readonly providers: IdentityProvidersService) {}

  /** Reads which OIDC issuer the company has registered. */
  @Get()
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: IdentityProviderDto })
  @Problems('identity_provider_not_found')
  async getIdentityProvider(
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdentityProviderDto> {
    const provider = await this.providers.get(caller);
    return withEtag(response, { version: provider.version, body: identityProviderDto(provider) });
  }

  /** Registers the OIDC issuer whose ID tokens let the company's people in. */
  @Put()
  @Allow(ADMINISTRATORS)
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: IdentityProviderDto })
  @Problems('identity_provider_unreachable', 'version_conflict')
  async putIdentityProvider(
    @CurrentCaller() caller: Caller,
    @Body() body: PutIdentityProviderBody,
    @Res({ passthrough: true }) response: Response,
    @IfMatch() expected?: number,
  ): Promise<IdentityProviderDto> {
    const provider = await this.providers.put(caller, body, expected);
    return withEtag(response, { version: provider.version, body: identityProviderDto(provider) });
  }

  /** Withdraws the issuer and ends the sessions of those whom it let in. */
  @Delete()
  @HttpCode(204)
  @Allow(ADMINISTRATORS)
  @ApiNoContentResponse()
  @Problems('identity_provider_not_found')
  deleteIdentityProvider(@CurrentCaller() caller: Caller): Promise<void> {
    return this.providers.delete(caller);
  }
}
