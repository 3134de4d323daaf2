import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { requestContext } from '../http/request-context.js';
import { accessOf } from './access.js';
import { mayCall, neededBy } from './allow.js';
import { Authenticator } from './authenticator.js';

/** Lets a request in when its sender is known and the handler's rule allows it. Events are none of its business. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (execution.getType() !== 'http') return true;
    const access = accessOf(execution.getHandler(), execution.getClass());
    if (access === 'public') return true;
    const context = requestContext();
    if (!context) throw new Error('The request has no context');
    const caller = await this.authenticator.authenticate(context);
    context.caller = caller;
    if (!access || !mayCall(access, caller)) {
      throw new Problem('forbidden', { params: { needed: access ? neededBy(access) : '-' } });
    }
    return true;
  }
}
