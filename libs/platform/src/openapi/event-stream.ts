import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';

/**
 * Documents a stream of server-sent events. The schema is that of one event, because a stream has no end to be held to one.
 * @param data what `data` of each event is, as JSON text
 * @param events their names
 */
export function ApiEventStream(data: Type<unknown>, ...events: readonly string[]): MethodDecorator {
  const properties = {
    event: { type: 'string', enum: [...events] },
    id: { type: 'string', description: 'For Last-Event-ID.' },
    data: { type: 'string', contentMediaType: 'application/json', contentSchema: { $ref: getSchemaPath(data) } },
  };
  const schema = { type: 'object', required: Object.keys(properties), properties };
  return applyDecorators(
    ApiExtraModels(data),
    ApiOkResponse({ description: 'Events, one after the other.', content: { 'text/event-stream': { schema } } }),
  );
}
