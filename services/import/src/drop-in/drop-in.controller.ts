import { applyDecorators, Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { EntityName } from '@muster/import-model';
import { Allow, CurrentCaller, TextProblems, type Caller } from '@muster/platform';
import { DropInForm, DropInQuery } from './drop-in-query.dto.js';
import { DropIn } from './drop-in.service.js';
import { patienceOf } from './patience.js';

const TEXT = { content: { 'text/plain': { schema: { type: 'string' } } } } as const;

/** Seconds. */
const LOOK_AGAIN = '10';

/** What the endpoints of all entities have in common. */
function DropInOperation(): MethodDecorator {
  return applyDecorators(
    Allow({ roles: ['administrator'], scope: 'imports:write' }),
    HttpCode(200),
    TextProblems(),
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: DropInForm }),
    ApiProduces('text/plain'),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: '`wait=30`: seconds to wait for the end (RFC 7240), 600 at most and without it.',
    }),
    ApiHeader({ name: 'Idempotency-Key', required: false }),
    ApiResponse({ status: 200, description: 'The summary, also where some rows were refused.', ...TEXT }),
    ApiResponse({
      status: 202,
      description: 'It takes longer; the text begins with the address of the import.',
      ...TEXT,
    }),
    ApiResponse({ status: 400, description: 'The form cannot be read.', ...TEXT }),
    ApiResponse({ status: 404, description: 'There is no configuration of this name.', ...TEXT }),
    ApiResponse({
      status: 409,
      description: 'Another import is writing, or comes first; the guard or somebody stopped this one.',
      ...TEXT,
    }),
    ApiResponse({ status: 413, description: 'The file has more bytes or rows than the company may send.', ...TEXT }),
    ApiResponse({ status: 415, description: 'It is no form with a file.', ...TEXT }),
    ApiResponse({
      status: 422,
      description: 'File or configuration cannot be used, or too many rows were wrong.',
      ...TEXT,
    }),
    ApiResponse({ status: 503, description: 'A part that is needed does not answer.', ...TEXT }),
  );
}

/** Endpoints with the parameters that connectors already use: one call does all, waits, and answers with a text. */
@ApiTags('drop-in')
@Controller('api')
export class DropInController {
  constructor(private readonly dropIn: DropIn) {}

  /** Imports staff accounts in one call, and answers with a summary as text. */
  @Post('ImportUsers')
  @DropInOperation()
  dropInUsers(
    @CurrentCaller() caller: Caller,
    @Query() query: DropInQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer('user', caller, query, request, response);
  }

  /** Imports customers in one call, and answers with a summary as text. */
  @Post('ImportCustomers')
  @DropInOperation()
  dropInCustomers(
    @CurrentCaller() caller: Caller,
    @Query() query: DropInQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer('customer', caller, query, request, response);
  }

  /** Imports appointments in one call, and answers with a summary as text. */
  @Post('ImportAppointments')
  @DropInOperation()
  dropInAppointments(
    @CurrentCaller() caller: Caller,
    @Query() query: DropInQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer('appointment', caller, query, request, response);
  }

  /** Imports tasks in one call, and answers with a summary as text. */
  @Post('ImportTasks')
  @DropInOperation()
  dropInTasks(
    @CurrentCaller() caller: Caller,
    @Query() query: DropInQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer('task', caller, query, request, response);
  }

  /** Imports reports in one call, and answers with a summary as text. */
  @Post('ImportReports')
  @DropInOperation()
  dropInReports(
    @CurrentCaller() caller: Caller,
    @Query() query: DropInQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer('report', caller, query, request, response);
  }

  private async answer(
    entity: EntityName,
    caller: Caller,
    query: DropInQuery,
    request: Request,
    response: Response,
  ): Promise<void> {
    const [patience, key] = [patienceOf(request.header('prefer')), request.header('idempotency-key')];
    const { status, text } = await this.dropIn.call(caller, { entity, query, patience, key }, request, response);
    if (status === 202) response.setHeader('Location', text.split('\n')[0] ?? '').setHeader('Retry-After', LOOK_AGAIN);
    response.status(status).type('text/plain').send(text);
  }
}
