import { Injectable, Logger } from '@nestjs/common';
import { revocationsSince } from '@muster/contracts';
import { Questions } from '../questions/questions.js';
import { ServiceIdentity } from '../service/service-identity.js';
import { DenyList } from './deny-list.js';
import type { Claims } from './token-verifier.js';

/** How old what is known may be when a request is let in; user-admin itself asks its own database. */
const MAX_AGE_MS = 2_000;
/** Everything is asked for anew now and then, so that what has expired goes, and no cursor is trusted for long. */
const COMPLETE_EVERY_MS = 60_000;
/** A request waits no longer for the answer. */
const PATIENCE_MS = 1_000;

/**
 * Tells whether a token was ended before it expired. Asked for by the requests themselves, at most once in 2 s, so that an
 * idle service asks nothing. While user-admin does not answer, tokens are taken as they are: they live 5 minutes at most.
 */
@Injectable()
export class Revocations {
  private readonly logger = new Logger('Revocations');
  private readonly maxAgeMs: number;
  private list = new DenyList();
  private cursor: string | null = null;
  /** Up to when everything is known. */
  private knownAt = -Infinity;
  private completeAt = -Infinity;
  private failedAt = -Infinity;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly questions: Questions,
    identity: ServiceIdentity,
  ) {
    this.maxAgeMs = identity.name === revocationsSince.answeredBy ? 0 : MAX_AGE_MS;
  }

  async haveEnded(claims: Claims): Promise<boolean> {
    await this.refresh(performance.now() - this.maxAgeMs);
    return this.list.has(claims);
  }

  /** Resolves when everything up to `wanted` is known, or cannot be for the moment. */
  private async refresh(wanted: number): Promise<void> {
    // The first round may join a question that was asked too early.
    for (let round = 0; round < 2 && this.knownAt < wanted; round++) {
      if (performance.now() - this.failedAt < MAX_AGE_MS) return;
      this.asking ??= this.ask().finally(() => {
        this.asking = undefined;
      });
      await Promise.race([this.asking, patience()]);
    }
  }

  private async ask(): Promise<void> {
    const begun = performance.now();
    const complete = this.cursor === null || begun - this.completeAt >= COMPLETE_EVERY_MS;
    try {
      const answer = await this.questions.ask(revocationsSince, { cursor: complete ? null : this.cursor });
      if (complete) this.list = new DenyList(answer.revocations);
      else this.list.add(answer.revocations);
      if (complete) this.completeAt = begun;
      this.cursor = answer.cursor;
      this.knownAt = begun;
    } catch (error) {
      this.failedAt = performance.now();
      this.logger.warn({
        err: error,
        msg: 'Revocations are not known at the moment; tokens are taken until they expire',
      });
    }
  }
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
}
