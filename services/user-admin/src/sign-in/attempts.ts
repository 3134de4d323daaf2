import { Injectable } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { attemptVerdict, COUNTER_KINDS } from './attempt-policy.js';
import { AttemptsRepository, counterKeys } from './attempts.repository.js';
import { networkOf } from './network.js';

/** An attempt to sign in that may go on. */
export interface Attempt {
  /** Should it fail, the next one has to wait. */
  readonly isLast: boolean;
  /** To be called when it has succeeded; until then it counts as failed. */
  succeeded(): Promise<void>;
}

/** Slows down those who guess passwords, and as little as can be those whose passwords are guessed; see docs/adr/0012. */
@Injectable()
export class Attempts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly counters: AttemptsRepository,
  ) {}

  /**
   * Counts an attempt before it is made, so that a hundred at once are a hundred.
   * @param company id, else the name as it was typed
   * @param name as it was typed
   * @throws Problem too_many_attempts
   */
  async begin(company: string, name: string, address: string | undefined): Promise<Attempt> {
    const keys = counterKeys(company.toLowerCase(), name.toLowerCase(), networkOf(address ?? 'unknown'));
    const verdict = await this.uow.runAsWorker(async (manager) => {
      const now = new Date();
      const decided = attemptVerdict(await this.counters.lock(manager, keys, now), now);
      if (decided.allowed) await this.counters.write(manager, keys, decided.counters);
      return decided;
    });
    if (!verdict.allowed) throw new Problem('too_many_attempts', { params: { seconds: verdict.retryAfterSeconds } });
    const counted = COUNTER_KINDS.filter((kind) => verdict.counters[kind] !== undefined);
    return {
      isLast: counted.some((kind) => verdict.counters[kind]?.blockedUntil instanceof Date),
      succeeded: () => this.uow.runAsWorker((manager) => this.counters.succeed(manager, keys, counted, new Date())),
    };
  }
}
