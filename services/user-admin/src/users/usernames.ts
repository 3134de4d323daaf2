import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { usernameCandidates } from './username.js';
import { UsersRepository } from './users.repository.js';

/** Names that are tried for an account whose first one is taken; twice as many each time after. */
const TRIED_NEXT = 20;

type Known = Map<string, { readonly key: string; readonly taken: boolean }>;

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
    const others: Known =
      promised.length === 0 ? new Map() : await this.users.usernameKeys(manager, companyId, promised);
    const given = [...others.values()].map(({ key }) => key);
    const known: Known = new Map();
    // Most get the first name that comes to mind.
    const tries = emails.map(() => 1);
    for (;;) {
      const candidates = emails.map((email, index) => usernameCandidates(email, 1, tries[index] ?? 1));
      const unknown = new Set(candidates.flat().filter((candidate) => !known.has(candidate)));
      for (const [name, state] of await this.users.usernameKeys(manager, companyId, [...unknown]))
        known.set(name, state);
      const names = firstFree(candidates, known, given);
      if (!names.includes(undefined)) return names.map((name) => name ?? '');
      names.forEach((name, index) => {
        if (name === undefined) tries[index] = Math.max(TRIED_NEXT, (tries[index] ?? 1) * 2);
      });
    }
  }
}

/** One after the other takes the first of its candidates that nobody has. */
function firstFree(candidates: readonly string[][], known: Known, given: readonly string[]): (string | undefined)[] {
  const gone = new Set(given);
  return candidates.map((names) => {
    const name = names.find((one) => {
      const state = known.get(one);
      return state !== undefined && !state.taken && !gone.has(state.key);
    });
    if (name !== undefined) gone.add(known.get(name)?.key ?? name);
    return name;
  });
}
