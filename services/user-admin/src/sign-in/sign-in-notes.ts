import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Client } from '../sessions/client.js';
import type { SessionMethod } from '../sessions/session.entity.js';
import type { SignInAccount } from './sign-in-accounts.repository.js';
import { signInScope } from './sign-in-scope.js';

type Named = Pick<SignInAccount, 'id' | 'email' | 'username'>;

interface Failure {
  readonly address: string | undefined;
  /** The next attempt has to wait. */
  readonly locked: boolean;
}

/** What the audit log says of signing in. */
@Injectable()
export class SignInNotes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

  signedIn(manager: EntityManager, account: Named, method: SessionMethod, { address }: Client): Promise<void> {
    return this.about(manager, account, 'signed-in', { method, ...from(address) });
  }

  signedOut(manager: EntityManager, account: Named): Promise<void> {
    return this.about(manager, account, 'signed-out');
  }

  /** A refresh token was used twice: somebody has a copy. */
  tokenReused(manager: EntityManager, account: Named, { address }: Client): Promise<void> {
    return this.about(manager, account, 'token-reused', from(address));
  }

  /** A unit of work is also opened when there is nothing to note, so that both take about as long. */
  failed(companyId: Id, account: Named | undefined, { address, locked }: Failure): Promise<void> {
    return this.uow.run(signInScope(companyId), async (manager) => {
      const action = locked ? 'sign-in-locked' : 'sign-in-failed';
      if (account) await this.about(manager, account, action, from(address));
      else await manager.query('select 1');
    });
  }

  private about(
    manager: EntityManager,
    { id, email, username }: Named,
    action: 'signed-in' | 'signed-out' | 'token-reused' | 'sign-in-locked' | 'sign-in-failed',
    details: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    return this.trail.note(manager, { action, subject: { kind: 'user', id, label: email ?? username }, details });
  }
}

function from(address: string | null | undefined): Record<string, string> {
  return typeof address === 'string' ? { address } : {};
}
