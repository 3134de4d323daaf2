import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { IdentityProvidersRepository } from '../identity-providers/identity-providers.repository.js';
import { RevocationsRepository } from '../sessions/revocations.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { AttemptsRepository } from './attempts.repository.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';

const INTERVAL_MS = 15 * 60_000;

/** Deletes what no longer lets anybody in nor keeps anybody out. */
@Injectable()
export class SignInPruner extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: RefreshTokensRepository,
    private readonly sessions: SessionsRepository,
    private readonly revocations: RevocationsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly providers: IdentityProvidersRepository,
  ) {
    super('sign-in-pruner', INTERVAL_MS);
  }

  protected async work(): Promise<boolean> {
    await this.prune(new Date());
    return false;
  }

  async prune(now: Date): Promise<void> {
    await this.uow.runAsWorker(async (manager) => {
      await this.tokens.deleteExpired(manager, now);
      await this.sessions.deleteExpired(manager, now);
      await this.revocations.deleteExpired(manager);
      await this.attempts.prune(manager, now);
      await this.providers.deleteUsedAssertions(manager, now);
    });
  }
}
