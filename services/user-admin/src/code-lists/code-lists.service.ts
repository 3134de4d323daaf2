import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { checkVersion, type Caller } from '@muster/platform';
import { requireFaultless } from '../users/plan-account.js';
import { UsersRepository } from '../users/users.repository.js';
import { CODE_LISTS, isCodeListName } from './code-list.js';
import type { CodeListBody, CodeListDto, CodeListPage } from './code-list.dto.js';
import { CodeListsRepository, type VersionedCodeList } from './code-lists.repository.js';
import { isSameList, planCodeList } from './plan-code-list.js';

/** A list as it is answered, with its version for the entity tag. */
export interface AnsweredCodeList {
  readonly version: number;
  readonly body: CodeListDto;
}

@Injectable()
export class CodeListsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly codeLists: CodeListsRepository,
    private readonly users: UsersRepository,
  ) {}

  list(caller: Caller): Promise<CodeListPage> {
    return this.uow.run(caller, async (manager) => {
      const lists = await this.codeLists.versioned(manager, caller.companyId);
      return { items: lists.map((list) => answer(list).body), nextCursor: null };
    });
  }

  /** @throws Problem code_list_not_found */
  get(caller: Caller, name: string): Promise<AnsweredCodeList> {
    return this.uow.run(caller, async (manager) => answer(await this.require(manager, caller, name)));
  }

  /**
   * Writes the whole list. Accounts keep the codes that they have, also those that it no longer has. When nothing changes,
   * nothing is written.
   * @throws Problem code_list_not_found, version_conflict, validation_failed
   */
  replace(
    caller: Caller,
    name: string,
    { codes: wished }: CodeListBody,
    expected: number | undefined,
  ): Promise<AnsweredCodeList> {
    const { companyId } = caller;
    return this.uow.run(caller, async (manager) => {
      // Whoever gives an account a code sees the list before or after, and nobody else writes it.
      await this.users.lockAccounts(manager, companyId);
      const before = await this.require(manager, caller, name);
      checkVersion(expected, before.version);
      const { list, version } = before;
      const { codes, faults } = planCodeList(list, wished);
      requireFaultless(faults);
      if (isSameList(before.codes, codes)) return answer(before);
      const after = { list, codes, version: version + 1 };
      await this.codeLists.write(manager, companyId, after);
      return answer(after);
    });
  }

  private async require(manager: EntityManager, { companyId }: Caller, name: string): Promise<VersionedCodeList> {
    const lists = isCodeListName(name) ? await this.codeLists.versioned(manager, companyId) : [];
    const found = lists.find(({ list }) => list === name);
    if (!found) throw new Problem('code_list_not_found', { params: { lists: CODE_LISTS.join(', ') } });
    return found;
  }
}

function answer({ list, codes, version }: VersionedCodeList): AnsweredCodeList {
  const items = [...codes].map(([code, { labels, permissions }]) => ({
    code,
    labels,
    ...(permissions && { permissions: [...permissions] }),
  }));
  return { version, body: { list, preset: version === 0, codes: items } };
}
