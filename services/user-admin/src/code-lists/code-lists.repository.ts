import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { CODE_LISTS, presetList, type Code, type CodeList, type CodeListName } from './code-list.js';
import { StoredCodeList, type StoredCode } from './code-list.entity.js';

/** No list of a company's own has this version. */
const PRESET = 0;

export interface VersionedCodeList {
  readonly list: CodeListName;
  readonly codes: CodeList;
  /** 0: preset. */
  readonly version: number;
}

@Injectable()
export class CodeListsRepository {
  /** The company's lists by name, each preset or its own. */
  async all(manager: EntityManager, companyId: Id): Promise<ReadonlyMap<CodeListName, CodeList>> {
    return new Map((await this.versioned(manager, companyId)).map(({ list, codes }) => [list, codes]));
  }

  async versioned(manager: EntityManager, companyId: Id): Promise<VersionedCodeList[]> {
    const stored = new Map((await manager.findBy(StoredCodeList, { companyId })).map((row) => [row.list, row]));
    return CODE_LISTS.map((list) => {
      const row = stored.get(list);
      return row
        ? { list, codes: codesOf(row), version: row.version }
        : { list, codes: presetList(list), version: PRESET };
    });
  }

  /** For a unit of work that holds the lock of accounts. */
  async write(manager: EntityManager, companyId: Id, { list, codes, version }: VersionedCodeList): Promise<void> {
    await manager.query(
      `insert into code_list (company_id, list, codes, sequence, version) values ($1, $2, $3::jsonb, $4, $5)
       on conflict (company_id, list) do update
         set codes = excluded.codes, sequence = excluded.sequence, version = excluded.version, updated_at = now()`,
      [companyId, list, storedText(codes), [...codes.keys()], version],
    );
  }
}

/** JSON text, so that a code such as `__proto__` stays a code. */
function storedText(codes: CodeList): string {
  const stored = [...codes].map(([code, { labels, permissions }]): [string, StoredCode] => [
    code,
    { ...labels, ...(permissions && { permissions }) },
  ]);
  return JSON.stringify(Object.fromEntries(stored));
}

export function codesOf({ codes, sequence }: Pick<StoredCodeList, 'codes' | 'sequence'>): CodeList {
  const byCode = new Map(Object.entries(codes));
  return new Map(
    sequence.flatMap((code): [string, Code][] => {
      const stored = byCode.get(code);
      if (!stored) return [];
      // jsonb has an order of its own.
      const { en, de, permissions } = stored;
      return [[code, { labels: { en, de }, ...(permissions && { permissions }) }]];
    }),
  );
}
