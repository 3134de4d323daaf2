import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** `RenderedProblem` as JSON Schema. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'A problem as of RFC 9457. Texts come in the language of Accept-Language (en, de); go by `code`.',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance', 'errors'],
  properties: {
    type: { type: 'string', format: 'uri-reference', example: '/problems/validation_failed' },
    title: { type: 'string', example: 'Invalid request' },
    status: { type: 'integer', example: 422 },
    detail: { type: 'string', example: 'One value is not valid; each is listed.' },
    code: { type: 'string', description: 'Stable.', example: 'validation_failed' },
    instance: { type: 'string', description: 'Id of the request.', example: '0193d2a1c4f07b6e8a1f2c3d4e5f6071' },
    errors: {
      type: 'array',
      description: 'The faulty places of the request or file.',
      items: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer into the request.', example: '/limit' },
          row: { type: 'integer' },
          column: { type: 'string' },
          code: { type: 'string', example: 'too_large' },
          message: { type: 'string', example: 'Not above 500.' },
        },
      },
    },
  },
};
