import { Injectable } from '@nestjs/common';
import { isId, Problem, type Actor, type Id, type Language } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, encodeCursor, whoOf, type Caller } from '@muster/platform';
import { UsersRepository } from '../users/users.repository.js';
import { given } from '../validation/given.js';
import type { AuditEntry } from './audit-entry.js';
import type { AuditEntryDto, AuditEntryPage, AuditLogQuery, ErasedDto } from './audit-log.dto.js';
import { AuditLogRepository } from './audit-log.repository.js';
import { actionText, kindText } from './audit-texts.js';
import { AuditTrail } from './audit-trail.js';
import { fieldChanges } from './field-changes.js';
import { howOf } from './how.js';

interface NamedActor {
  readonly actor: Actor;
  readonly name: string;
}

@Injectable()
export class AuditLogService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: AuditLogRepository,
    private readonly trail: AuditTrail,
    private readonly users: UsersRepository,
  ) {}

  /** @throws Problem invalid_cursor */
  async list(caller: Caller, query: AuditLogQuery): Promise<AuditEntryPage> {
    const before = decodeIdCursor(query.cursor);
    return this.uow.run(caller, async (manager) => {
      const { entries, next } = await this.log.page(manager, given(query), query.limit, before);
      const names = await this.log.namesOf(manager, actorsOf(entries));
      const items = entries.map((entry) => entryDto(entry, names, caller.language));
      return { items, nextCursor: next === undefined ? null : encodeCursor([next]) };
    });
  }

  /** What the accounts and keys that did something are called now; those that are gone are left out. */
  async namesOf({ companyId, actors }: { companyId: Id; actors: readonly Actor[] }): Promise<NamedActor[]> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` };
    const names = await this.uow.run(scope, (manager) => this.log.namesOf(manager, actors));
    return [...names].map(([actor, name]) => ({ actor, name }));
  }

  /** Takes what the log says of a deleted person out of it. @throws Problem user_not_deleted, user_not_found */
  async erase(caller: Caller, userId: Id): Promise<ErasedDto> {
    if (!isId(userId)) throw new Problem('user_not_found');
    return this.uow.run(caller, async (manager) => {
      if (await this.users.find(manager, userId)) throw new Problem('user_not_deleted');
      const { entries } = await this.log.page(manager, { subjectId: userId }, 1);
      if (entries.length === 0) throw new Problem('user_not_found');
      return this.trail.erase(manager, userId);
    });
  }
}

export function actorsOf(entries: readonly AuditEntry[]): string[] {
  return [...new Set(entries.map(({ actor }) => actor))];
}

function entryDto(entry: AuditEntry, names: ReadonlyMap<string, string>, language: Language): AuditEntryDto {
  const { id, at, action, subjectKind: kind, subjectId, subjectLabel: label } = entry;
  return {
    id,
    at,
    who: whoOf(entry.actor, names),
    how: howOf(entry.cause, language),
    action,
    actionText: actionText(action, language),
    subject: { kind, kindText: kindText(kind, language), id: subjectId, label },
    changes: fieldChanges(entry.changes, language),
  };
}
