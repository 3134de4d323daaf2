import { RequestMethod, type INestApplication, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { BODIES, type BodyClasses } from './bodies.decorator.js';

/** A class that a handler's body or query is checked against. */
export interface InputClass {
  readonly operationId: string;
  /** Of a body that the handler reads by itself: `said`. */
  readonly place: 'body' | 'said' | 'query';
  readonly type: Type<object>;
}

// What @Get(), @Body() and @Query() leave behind, and what Nest calls bodies and queries in there.
const METHOD = 'method';
const ROUTE_ARGUMENTS = '__routeArguments__';
const PLACES: Readonly<Record<string, InputClass['place']>> = { 3: 'body', 4: 'query' };

/** Of all handlers of an application, running or in preview. */
export function inputClassesOf(app: INestApplication): InputClass[] {
  const scanner = new MetadataScanner();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const controller = metatype as Type<object> | null;
    const prototype = controller?.prototype as Record<string, object> | undefined;
    if (!controller || !prototype) return [];
    const handlers = scanner.getAllMethodNames(prototype).filter((name) => isHandler(prototype[name]));
    return handlers.flatMap((name) => [...inputsOf(controller, prototype, name), ...saidInputsOf(prototype, name)]);
  });
}

function isHandler(method: object | undefined): boolean {
  const kind: unknown = method && Reflect.getMetadata(METHOD, method);
  return typeof kind === 'number' && kind in RequestMethod;
}

function inputsOf(controller: Type<object>, prototype: object, operationId: string): InputClass[] {
  const types = (Reflect.getMetadata('design:paramtypes', prototype, operationId) ?? []) as Type<object>[];
  const args = (Reflect.getMetadata(ROUTE_ARGUMENTS, controller, operationId) ?? {}) as object;
  return Object.keys(args).flatMap((key) => {
    const [kind = '', index = ''] = key.split(':');
    const [place, type] = [PLACES[kind], types[Number(index)]];
    return place && type && type !== Object ? [{ operationId, place, type }] : [];
  });
}

/** Of a handler that reads its body by itself, what `@Bodies` says of JSON. */
function saidInputsOf(prototype: Record<string, object>, operationId: string): InputClass[] {
  const handler = prototype[operationId];
  const bodies = (handler && Reflect.getMetadata(BODIES, handler)) as BodyClasses | undefined;
  const json = bodies?.['application/json'];
  return json ? [{ operationId, place: 'said', type: json }] : [];
}
