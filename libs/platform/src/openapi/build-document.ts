import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_KEY, BASIC, BEARER } from '../auth/allow.js';
import { completeOperations } from './complete-operations.js';
import { describeInputs } from './describe-inputs.js';
import { PROBLEM_SCHEMA } from './problem-schema.js';
import { tidyHeaders } from './tidy-headers.js';

/** What a document is about. */
export interface Described {
  readonly title: string;
  readonly description: string;
}

/** The OpenAPI 3.1 document of an application, running or in preview. Operation ids are the names of the handlers. */
export function buildDocument(app: INestApplication, { title, description }: Described): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle(`Muster: ${title}`)
    .setDescription(description)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER)
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, API_KEY)
    .addBasicAuth({ type: 'http', scheme: 'basic', description: 'User name: `company/username` or `company/e-mail`.' }, BASIC)
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (_controller, handler) => handler,
    autoTagControllers: false,
  });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA },
  };
  describeInputs(app, document);
  completeOperations(document);
  tidyHeaders(document);
  return document;
}
