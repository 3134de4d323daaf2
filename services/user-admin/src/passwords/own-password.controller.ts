import { Body, Controller, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { ChangePasswordBody } from './password.dto.js';
import { PasswordsService } from './passwords.service.js';

@ApiTags('sign-in')
@Controller('v1/me/password')
export class OwnPasswordController {
  constructor(private readonly passwords: PasswordsService) {}

  /** Changes the caller's password and ends all other sessions. */
  @Put()
  @HttpCode(204)
  @Allow({ roles: ['administrator', 'supervisor', 'user', 'portal', 'person'] })
  @ApiNoContentResponse()
  @Problems('password_not_right', 'too_many_attempts')
  changeOwnPassword(@CurrentCaller() caller: Caller, @Body() body: ChangePasswordBody): Promise<void> {
    return this.passwords.change(caller, body);
  }
}
