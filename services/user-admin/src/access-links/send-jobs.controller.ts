import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, Idempotent, Problems, type Caller } from '@muster/platform';
import { SendAccessLinksBody, SendJobDto, SendResultPage, SendResultQuery } from './access-link.dto.js';
import { SendJobs } from './send-jobs.service.js';

const ADMINISTRATORS = { roles: ['administrator'], scope: 'users:write' } as const;
const SOON_SECONDS = 1;

@ApiTags('access-links')
@Controller('v1/access-links')
export class SendJobsController {
  constructor(private readonly jobs: SendJobs) {}

  /** Sends access links to accounts, in the background. What was sent to them before is no longer good. */
  @Post('send')
  @HttpCode(202)
  @Idempotent()
  @Allow(ADMINISTRATORS)
  @ApiAcceptedResponse({ type: SendJobDto })
  @Problems('users_not_chosen')
  async sendAccessLinks(
    @CurrentCaller() caller: Caller,
    @Body() body: SendAccessLinksBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SendJobDto> {
    const job = await this.jobs.create(caller, body);
    response.setHeader('Location', `/v1/access-links/send-jobs/${job.id}`).setHeader('Retry-After', SOON_SECONDS);
    return job;
  }

  /** Reads a job of sending access links; kept for 30 days. */
  @Get('send-jobs/:id')
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: SendJobDto })
  @Problems('access_link_job_not_found')
  getSendJob(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<SendJobDto> {
    return this.jobs.get(caller, id);
  }

  /** Lists what the job did for each account, and what has become of its link since. */
  @Get('send-jobs/:id/results')
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: SendResultPage })
  @Problems('access_link_job_not_found', 'invalid_cursor')
  listSendResults(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: SendResultQuery,
  ): Promise<SendResultPage> {
    return this.jobs.results(caller, id, query);
  }
}
