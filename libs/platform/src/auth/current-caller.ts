import { createParamDecorator } from '@nestjs/common';
import { requestContext } from '../http/request-context.js';
import type { Caller } from './caller.js';

/** Who calls the handler. Only in handlers that are not `@Public()`. */
export const CurrentCaller = createParamDecorator((): Caller => {
  const caller = requestContext()?.caller;
  if (!caller) throw new Error('A public handler has no caller');
  return caller;
});
