import { RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessOf } from './access.js';

// What @Get(), @Post() and so on leave on a handler.
const METHOD = 'method';

/** Refuses to start a service with a handler of which nobody said who may call it. */
export class AccessCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const controllers = this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? [metatype] : []));
    const open = controllers.flatMap((controller) => this.withoutRule(controller));
    if (open.length > 0) throw new Error(`Neither @Allow nor @Public: ${open.join(', ')}`);
  }

  private withoutRule(controller: { readonly name: string; readonly prototype?: unknown }): string[] {
    const prototype = controller.prototype as Record<string, object>;
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const handler = prototype[name];
        const method: unknown = handler && Reflect.getMetadata(METHOD, handler);
        return handler && typeof method === 'number' && method in RequestMethod && !accessOf(handler, controller);
      })
      .map((name) => `${controller.name}.${name}`);
  }
}
