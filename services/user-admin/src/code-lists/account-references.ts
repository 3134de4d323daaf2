import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id, ProblemDetail } from '@muster/contracts';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';
import { CodeListsRepository } from './code-lists.repository.js';
import { newReferences, referenceFaults, type ReferringValues } from './referring-values.js';

/** Whether the groups and codes that accounts name are there. */
@Injectable()
export class AccountReferences {
  constructor(
    private readonly groups: UserGroupsRepository,
    private readonly codeLists: CodeListsRepository,
  ) {}

  /**
   * For a unit of work that holds the lock of accounts, so that what is found stays until it ends. Asks the database only
   * when something is newly named.
   * @param before undefined: a new account
   * @returns `unknown_group` and `unknown_code`, by the account's fields
   */
  async faults(
    manager: EntityManager,
    companyId: Id,
    before: ReferringValues | undefined,
    after: ReferringValues,
  ): Promise<ProblemDetail[]> {
    const [faults = []] = await this.faultsOfAll(manager, companyId, [{ before, after }]);
    return faults;
  }

  /**
   * As {@link faults}, of many accounts in their order, with a look or two at the database.
   * @param newGroups are taken to be there
   */
  async faultsOfAll(
    manager: EntityManager,
    companyId: Id,
    accounts: readonly { readonly before: ReferringValues | undefined; readonly after: ReferringValues }[],
    newGroups: readonly { readonly id: Id }[] = [],
  ): Promise<ProblemDetail[][]> {
    const named = accounts.map(({ before, after }) => newReferences(before, after));
    const all = named.flatMap(({ groupIds }) => groupIds);
    const found = await this.groups.namesOf(manager, all);
    const groupIds = new Set([...found.keys(), ...newGroups.map(({ id }) => id)]);
    const namesCodes = named.some(({ codes }) => codes.length > 0);
    const lists = namesCodes ? await this.codeLists.all(manager, companyId) : new Map();
    return named.map((each) => referenceFaults(each, { groupIds, lists }));
  }
}
