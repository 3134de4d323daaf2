import { Controller, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId, Problem, type ServiceName } from '@muster/contracts';
import { DeadLetters, isInfrastructureError, UnknownDeadLetter } from '@muster/messaging';
import { Allow } from '../auth/allow.js';
import { decodeIdCursor, encodeCursor, pageOf, PageQuery, type Page } from '../http/paging.js';
import { Problems } from '../problems/problems.decorator.js';
import { deadLetterDto, DeadLetterDto } from './dead-letter.dto.js';

/** The dead letters of a service, under its own path: `/v1/{service}/dead-letters`. */
export function deadLettersController({ name, title }: { name: ServiceName; title: string }): Type {
  const suffix = name.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

  @ApiTags('operations')
  @Controller(`v1/${name}/dead-letters`)
  class DeadLettersController {
    constructor(private readonly deadLetters: DeadLetters) {}

    @Get()
    @Allow({ roles: ['operator'] })
    @ApiOperation({ operationId: `list${suffix}DeadLetters`, summary: `Lists events that ${title} could not handle.` })
    @ApiOkResponse({ type: pageOf(DeadLetterDto) })
    async list(@Query() { limit, cursor }: PageQuery): Promise<Page<DeadLetterDto>> {
      const page = await this.deadLetters.list({ limit, cursor: decodeIdCursor(cursor) });
      const nextCursor = page.nextCursor === null ? null : encodeCursor([page.nextCursor]);
      return { items: page.items.map(deadLetterDto), nextCursor };
    }

    @Post(':id/replay')
    @HttpCode(204)
    @Allow({ roles: ['operator'] })
    @ApiOperation({
      operationId: `replay${suffix}DeadLetter`,
      summary: `Hands an event that ${title} could not handle to its handler again.`,
    })
    @ApiNoContentResponse()
    @Problems('dead_letter_not_found', 'dead_letter_failed_again')
    async replay(@Param('id') id: string): Promise<void> {
      if (!isId(id)) throw new Problem('dead_letter_not_found');
      await this.deadLetters.replay(id).catch(explain);
    }
  }
  return DeadLettersController;
}

function explain(cause: unknown): never {
  if (cause instanceof UnknownDeadLetter) throw new Problem('dead_letter_not_found', { cause });
  if (isInfrastructureError(cause)) throw cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new Problem('dead_letter_failed_again', { params: { reason }, cause });
}
