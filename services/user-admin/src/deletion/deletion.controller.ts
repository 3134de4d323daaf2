import { Controller, Delete, Headers, HttpCode, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, Problems, RequiredIfMatch, type Caller } from '@muster/platform';
import { DeleteUserQuery } from './deletion.dto.js';
import { UserDeletion } from './deletion.service.js';

const CONFIRMATION = 'Confirmation-Token';

@ApiTags('users')
@Controller('v1/users')
export class UserDeletionController {
  constructor(private readonly deletion: UserDeletion) {}

  /**
   * Deletes a deactivated user account for good. The first request answers 409 `confirmation_required` with a token in its
   * header `Confirmation-Token`, good for 5 minutes, for this caller, this version of the account and this `discardData`; the
   * same request with the token deletes. No key may.
   */
  @Delete(':id')
  @HttpCode(204)
  @Allow({ roles: ['administrator'] })
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read, or *.' })
  @ApiHeader({ name: CONFIRMATION, required: false, description: 'Of the answer confirmation_required.' })
  @ApiNoContentResponse()
  @Problems(
    'user_not_found',
    'precondition_required',
    'version_conflict',
    'user_still_active',
    'transfer_running',
    'user_has_data',
    'confirmation_required',
  )
  async deleteUser(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @RequiredIfMatch() expected: number | undefined,
    @Query() { discardData = false }: DeleteUserQuery,
    @Headers(CONFIRMATION) confirmation: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const offer = (token: string) => response.setHeader(CONFIRMATION, token);
    await this.deletion.delete(caller, id, { expected, discardData, confirmation }, offer);
  }
}
