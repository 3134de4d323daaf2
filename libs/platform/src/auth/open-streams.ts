import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Revocations } from './revocations.js';
import type { Claims } from './token-verifier.js';

const LOOKED_AFTER_EVERY_MS = 5_000;

/** Streams outlive the request that opened them, so they are looked after. */
@Injectable()
export class OpenStreams {
  constructor(private readonly revocations: Revocations) {}

  /** Cuts the answer off when the token that opened it is ended; that it expires changes nothing. */
  watch(claims: Claims, response: ServerResponse): void {
    const timer = setInterval(() => void this.check(claims, response), LOOKED_AFTER_EVERY_MS).unref();
    response.once('close', () => clearInterval(timer));
  }

  /** Does not reject: while nothing is known, nothing has ended. */
  private async check(claims: Claims, response: ServerResponse): Promise<void> {
    if (await this.revocations.haveEnded(claims)) response.destroy();
  }
}
