import { ACCESS_RULE, type AccessRule } from './allow.js';
import { PUBLIC } from './public.js';

type Decorated = object;

/** What `@Allow` or `@Public` says of a handler: on itself, else on its controller. */
export function accessOf(handler: Decorated, controller: Decorated): AccessRule | 'public' | undefined {
  for (const target of [handler, controller]) {
    const rule: unknown = Reflect.getMetadata(ACCESS_RULE, target);
    if (rule !== undefined) return rule as AccessRule;
    if (Reflect.getMetadata(PUBLIC, target) === true) return 'public';
  }
  return undefined;
}
