import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '@muster/persistence';
import { IdentityProvidersRepository } from '../identity-providers/identity-providers.repository.js';
import { RevocationsRepository } from '../sessions/revocations.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { AttemptsRepository } from './attempts.repository.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';

const INTERVAL_MS = 15 * 60_000;

/** Deletes what no longer lets anybody in nor keeps anybody out. */
@Injectable()
export class SignInPruner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('SignIn');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: RefreshTokensRepository,
    private readonly sessions: SessionsRepository,
    private readonly revocations: RevocationsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly providers: IdentityProvidersRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.prune(new Date()).catch((error: unknown) =>
        this.logger.warn({ err: error, msg: 'What has expired could not be deleted; next time' }),
      );
    }, INTERVAL_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
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
