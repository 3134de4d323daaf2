import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, type Caller } from '@muster/platform';
import { MeDto } from './me.dto.js';
import { MeService } from './me.service.js';

@ApiTags('sign-in')
@Controller('v1/me')
export class MeController {
  constructor(private readonly me: MeService) {}

  /** Says who is signed in. */
  @Get()
  @Allow({ roles: ['administrator', 'supervisor', 'user', 'portal', 'person', 'operator'], scope: 'company:read' })
  @ApiOkResponse({ type: MeDto })
  getMe(@CurrentCaller() caller: Caller): Promise<MeDto> {
    return this.me.get(caller);
  }
}
