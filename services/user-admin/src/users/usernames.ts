import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { usernameCandidates } from './username.js';
import { UsersRepository } from './users.repository.js';

/** Names that are tried of a local part whose first one is taken; twice as many each time after. */
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
    // Most get the first name that comes to mind. Namesakes share their candidates: there may be thousands of them.
    const locals = emails.map(localPart);
    const candidates = new Map(locals.map((local) => [local, usernameCandidates(local, 1, 1)]));
    for (;;) {
      const unknown = new Set([...candidates.values()].flat().filter((candidate) => !known.has(candidate)));
      for (const [name, state] of await this.users.usernameKeys(manager, companyId, [...unknown]))
        known.set(name, state);
      const names = firstFree(locals, candidates, known, given);
      if (!names.includes(undefined)) return names.map((name) => name ?? '');
      for (const local of new Set(locals.filter((_, index) => names[index] === undefined))) {
        const tried = candidates.get(local)?.length ?? 1;
        candidates.set(local, usernameCandidates(local, 1, Math.max(TRIED_NEXT, tried * 2)));
      }
    }
  }
}

function localPart(email: string): string {
  return email.slice(0, email.lastIndexOf('@') + 1);
}

/** One after the other takes the first of its candidates that nobody has. */
function firstFree(
  locals: readonly string[],
  candidates: ReadonlyMap<string, readonly string[]>,
  known: Known,
  given: readonly string[],
): (string | undefined)[] {
  const gone = new Set(given);
  // What one of the namesakes found taken is taken for those after it as well.
  const passed = new Map<string, number>();
  return locals.map((local) => {
    const names = candidates.get(local) ?? [];
    for (let place = passed.get(local) ?? 0; place < names.length; place++) {
      const name = names[place] ?? '';
      const state = known.get(name);
      if (!state || state.taken || gone.has(state.key)) continue;
      passed.set(local, place + 1);
      gone.add(state.key);
      return name;
    }
    passed.set(local, names.length);
    return undefined;
  });
}
