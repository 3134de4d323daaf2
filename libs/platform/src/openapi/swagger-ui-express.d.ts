/** The part of swagger-ui-express (which has no types of its own) that is used. */
declare module 'swagger-ui-express' {
  import type { RequestHandler } from 'express';

  interface SwaggerUiOptions {
    readonly swaggerOptions?: { readonly url?: string };
    readonly customSiteTitle?: string;
  }
  const swaggerUi: {
    readonly serve: RequestHandler[];
    setup(document: undefined, options: SwaggerUiOptions): RequestHandler;
  };
  export default swaggerUi;
}
