import { Injectable } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { Semaphore } from '@muster/messaging';
import { Metrics } from '@muster/platform';
import { hashPassword, passwordFits } from './password-hash.js';

/** A check keeps one of the four threads busy that Node has for such work; one is left for files and names of hosts. */
const AT_ONCE = 3;
/** Whoever waits behind so many would wait for half a minute. */
const MOST_WAITING = 100;

/** Hashes passwords, a few at a time: a flood of attempts shall not take the whole process. */
@Injectable()
export class PasswordChecks {
  private readonly turns = new Semaphore(AT_ONCE);
  private readonly checks: { inc(): void };

  constructor(metrics: Metrics) {
    this.checks = metrics.counter('muster_password_checks_total', 'Passwords that were compared with a hash.');
  }

  /** See `passwordFits`. @throws Problem service_unavailable when too many wait */
  fits(password: string, hash: string | null): Promise<boolean> {
    this.checks.inc();
    return this.inTurn(() => passwordFits(password, hash));
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => hashPassword(password));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.turns.queued >= MOST_WAITING) throw new Problem('service_unavailable');
    return this.turns.use(work);
  }
}
