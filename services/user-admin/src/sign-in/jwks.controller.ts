import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '@muster/platform';
import { AccessTokens } from './access-tokens.js';
import { JwksDto } from './token.dto.js';

@ApiTags('sign-in')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly tokens: AccessTokens) {}

  /** Reads the public keys that access tokens are verified with (JWKS). */
  @Get('jwks.json')
  @Public()
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOkResponse({ type: JwksDto })
  getSigningKeys(): Promise<JwksDto> {
    return this.tokens.jwks();
  }
}
