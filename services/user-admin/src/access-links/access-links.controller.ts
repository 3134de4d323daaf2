import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { clientAddress, Problems, Public } from '@muster/platform';
import { clientOf } from '../sessions/client.js';
import { TokenDto } from '../sign-in/token.dto.js';
import { AcceptAccessLinkBody, AccessLinkDto } from './access-link.dto.js';
import { AccessLinksService } from './access-links.service.js';

const REFUSALS = [
  'access_link_not_found',
  'access_link_expired',
  'access_link_used',
  'access_link_replaced',
  'access_link_disabled',
  'too_many_attempts',
] as const;

@ApiTags('access-links')
@Controller('v1/access-links')
export class AccessLinksController {
  constructor(private readonly links: AccessLinksService) {}

  /** Tells whose link it is, without any effect. */
  @Get(':token')
  @Public()
  @ApiOkResponse({ type: AccessLinkDto })
  @Problems(...REFUSALS)
  getAccessLink(@Param('token') token: string, @Res({ passthrough: true }) response: Response): Promise<AccessLinkDto> {
    keepToItself(response);
    return this.links.describe(token, new Date());
  }

  /** Sets the password of the person and signs in; the link is good once, and all sessions so far end. */
  @Post(':token/accept')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: TokenDto })
  @Problems(...REFUSALS)
  acceptAccessLink(
    @Param('token') token: string,
    @Body() { password }: AcceptAccessLinkBody,
    @Res({ passthrough: true }) response: Response,
    @Headers('user-agent') userAgent?: string,
  ): Promise<TokenDto> {
    keepToItself(response);
    return this.links.accept(token, password, clientOf(clientAddress(), userAgent), new Date());
  }
}

/** The token stands in the address, which no browser shall hand on. */
function keepToItself(response: Response): void {
  response.setHeader('Referrer-Policy', 'no-referrer');
}
