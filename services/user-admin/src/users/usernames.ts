import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { usernameCandidates } from './username.js';
import { UsersRepository } from './users.repository.js';

const TRIED_AT_FIRST = 20;

interface Pending {
  readonly email: string;
  readonly index: number;
}

/** Makes usernames of e-mails: free in the company, and each only once. */
@Injectable()
export class Usernames {
  constructor(private readonly users: UsersRepository) {}

  /**
   * The username of each e-mail, in their order; see `username.ts`. Nobody else may write accounts of the company
   * meanwhile, hence the lock of all writers first.
   * @param promised usernames that others get in the same unit of work
   */
  async free(
    manager: EntityManager,
    companyId: Id,
    emails: readonly string[],
    promised: readonly string[] = [],
  ): Promise<string[]> {
    const made = new Map<number, string>();
    const taken = promised.length === 0 ? new Map() : await this.users.usernameKeys(manager, companyId, promised);
    const given = new Set<string>([...taken.values()].map(({ key }) => key));
    let pending: Pending[] = emails.map((email, index) => ({ email, index }));
    // Namesakes of one batch need as many names as there are of them, and what was tried before is taken.
    for (let tried = 0, more = TRIED_AT_FIRST + pending.length; pending.length > 0; tried += more, more *= 2) {
      const candidates = candidatesOf(pending, tried, more);
      const keys = await this.users.usernameKeys(manager, companyId, [...new Set([...candidates.values()].flat())]);
      const isFree = (candidate: string) => {
        const key = keys.get(candidate);
        return key !== undefined && !key.taken && !given.has(key.key);
      };
      pending = pending.filter(({ email, index }) => {
        const username = candidates.get(email)?.find(isFree);
        if (username === undefined) return true;
        given.add(keys.get(username)?.key ?? username);
        made.set(index, username);
        return false;
      });
    }
    return emails.map((_email, index) => made.get(index) ?? '');
  }
}

function candidatesOf(pending: readonly Pending[], tried: number, more: number): Map<string, string[]> {
  return new Map(pending.map(({ email }) => [email, usernameCandidates(email, tried + 1, more)]));
}
