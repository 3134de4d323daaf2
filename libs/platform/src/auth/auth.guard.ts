import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { requestContext } from '../http/request-context.js';
import { accessOf } from './access.js';
import { mayCall, neededBy } from './allow.js';
import { Authenticator } from './authenticator.js';
import { OpenStreams } from './open-streams.js';

// What @Sse() leaves on a handler.
const SSE = '__sse__';

/** Lets a request in when its sender is known and the handler's rule allows it. Events are none of its business. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly streams: OpenStreams,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (execution.getType() !== 'http') return true;
    const access = accessOf(execution.getHandler(), execution.getClass());
    if (access === 'public') return true;
    const context = requestContext();
    if (!context) throw new Error('The request has no context');
    const { caller, claims } = await this.authenticator.authenticate(context);
    context.caller = caller;
    if (!access || !mayCall(access, caller)) {
      throw new Problem('forbidden', { params: { needed: access ? neededBy(access) : '-' } });
    }
    if (Reflect.getMetadata(SSE, execution.getHandler()) === true) this.streams.watch(claims, context.response);
    return true;
  }
}
