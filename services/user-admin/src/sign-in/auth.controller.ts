import { Controller, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Problem } from '@muster/contracts';
import { clientAddress, Problems, Public } from '@muster/platform';
import { clientOf } from '../sessions/client.js';
import { SignInService } from './sign-in.service.js';
import { parameter, readTokenForm } from './token-form.js';
import { RevokeForm, TokenDto, TOKEN_FORMS } from './token.dto.js';

const FORM = 'application/x-www-form-urlencoded';

@ApiTags('sign-in')
@Controller('v1/auth')
export class AuthController {
  constructor(private readonly signIn: SignInService) {}

  /**
   * Gives an access token for a password, a refresh token, an API key, or an ID token of the company's own issuer (OAuth 2).
   */
  @Post('token')
  @HttpCode(200)
  @Public()
  @ApiConsumes(FORM)
  @ApiExtraModels(...TOKEN_FORMS)
  @ApiBody({ schema: { oneOf: TOKEN_FORMS.map((form) => ({ $ref: getSchemaPath(form) })) } })
  @ApiOkResponse({ type: TokenDto })
  @Problems(
    'invalid_credentials',
    'too_many_attempts',
    'unsupported_grant_type',
    'malformed_request',
    'unsupported_media_type',
  )
  issueToken(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Headers('authorization') authorization?: string,
    @Headers('user-agent') userAgent?: string,
  ): Promise<TokenDto> {
    response.setHeader('Cache-Control', 'no-store').setHeader('Pragma', 'no-cache');
    const client = clientOf(clientAddress(), userAgent);
    return this.signIn.grant(readTokenForm(formOf(request), authorization), client);
  }

  /** Ends a refresh token and all that stem from the same sign-in; unknown ones are let pass (RFC 7009). */
  @Post('revoke')
  @HttpCode(200)
  @Public()
  @ApiConsumes(FORM)
  @ApiBody({ type: RevokeForm })
  @ApiOkResponse({ description: 'It is no longer good, if it ever was.' })
  @Problems('malformed_request', 'unsupported_media_type')
  revokeToken(@Req() request: Request): Promise<void> {
    return this.signIn.revoke(parameter(formOf(request), 'token'));
  }
}

/** The parsed form. It has no DTO, because unknown parameters are to be ignored. */
function formOf(request: Request): unknown {
  if (request.is(FORM) === false) throw new Problem('unsupported_media_type', { params: { expected: FORM } });
  return request.body;
}
