/// <reference path="./swagger-ui-express.d.ts" />
import type { Application } from 'express';
import type { OpenAPIObject } from '@nestjs/swagger';
import swaggerUi from 'swagger-ui-express';

/** Serves `document` at `/openapi.json`, and for reading and trying it at `/docs`. A function is called once, when first asked. */
export function serveDocs(app: Application, document: OpenAPIObject | (() => OpenAPIObject)): void {
  let made: OpenAPIObject | undefined;
  app.get('/openapi.json', (_request, response) => {
    made ??= typeof document === 'function' ? document() : document;
    response.json(made);
  });
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(undefined, { swaggerOptions: { url: '/openapi.json' } }));
}
