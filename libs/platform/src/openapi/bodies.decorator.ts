import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtension, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';

export const BODIES = 'muster:bodies';
export const BODIES_EXTENSION = 'x-muster-bodies';

/** Classes by media type. */
export type BodyClasses = Readonly<Record<string, Type<object>>>;

/**
 * Documents the bodies of a handler that reads its request by itself, one class a media type (`@ApiBody` knows one for all).
 * JSON that has more than the properties of its class must be refused; a form may have more.
 */
export function Bodies(bodies: BodyClasses): MethodDecorator {
  const schemas = Object.entries(bodies).map(([type, body]) => [type, { $ref: getSchemaPath(body) }]);
  return applyDecorators(
    (_target: object, _name: string | symbol, { value }: PropertyDescriptor) =>
      Reflect.defineMetadata(BODIES, bodies, value as object),
    ApiConsumes(...Object.keys(bodies)),
    ApiExtraModels(...Object.values(bodies)),
    ApiBody({ schema: {} }),
    ApiExtension(BODIES_EXTENSION, Object.fromEntries(schemas)),
  );
}
