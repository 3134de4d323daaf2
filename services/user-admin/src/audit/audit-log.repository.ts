import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, type Id } from '@muster/contracts';
import { firstIdAt } from '@muster/persistence';
import type { AuditEntry } from './audit-entry.js';

/** What entries are looked for; all of it must hold. */
export interface AuditFilter {
  readonly subjectKind?: string;
  readonly subjectId?: string;
  readonly actor?: string;
  readonly cause?: string;
  readonly action?: string;
  /** A field, or the beginning of fields: `home` finds `home.street`. */
  readonly field?: string;
  readonly from?: Date;
  /** Not included. */
  readonly to?: Date;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: AuditEntry[];
  /** Where to look on from; undefined: there is nothing older. */
  readonly next: Id | undefined;
}

/** So many entries does one statement look at, at most, for those that a filter without an index lets pass. */
const LOOKED_AT = 20_000;

const COLUMNS = `id, at, actor, cause, action, subject_kind as "subjectKind", subject_id as "subjectId",
  subject_label as "subjectLabel", changes`;

/** The field itself, what begins with it, or a part of a field that is an object (`defaults` of a company). */
const HAS_FIELD = `exists (select 1 from jsonb_array_elements(changes) c, lateral (select c ->> 'field' as field) f,
    lateral (select string_to_array(substr($f, length(field) + 2), '.') as path) p
  where field = $f or starts_with(field, $f || '.')
     or starts_with($f, field || '.') and c -> 'from' #> path is distinct from c -> 'to' #> path)`;

@Injectable()
export class AuditLogRepository {
  /** The entries older than `before`, at most `limit`; fewer, or none, although there are more, when few pass the filter. */
  async page(manager: EntityManager, filter: AuditFilter, limit: number, before?: Id): Promise<AuditPage> {
    const { found, bounds, sifted, parameters } = conditions(filter, before);
    const newest = (columns: string) => `select ${columns} from audit_log where ${found} order by id desc`;
    if (sifted === undefined) {
      const rows = await manager.query<AuditEntry[]>(`${newest(COLUMNS)} limit ${limit + 1}`, bounds);
      const entries = rows.slice(0, limit);
      return { entries, next: rows.length > limit ? entries.at(-1)?.id : undefined };
    }
    const entries = await manager.query<AuditEntry[]>(
      `select ${COLUMNS} from (${newest('*')} limit ${LOOKED_AT}) looked_at where ${sifted} order by id desc limit ${limit}`,
      parameters,
    );
    if (entries.length === limit) return { entries, next: entries.at(-1)?.id };
    const end = `${newest('id')} offset ${LOOKED_AT - 1} limit 1`;
    const [last] = await manager.query<{ id: Id }[]>(end, bounds);
    return { entries, next: last?.id };
  }

  /** How many rows an export of these entries has, a field each; counts to `limit` only. */
  async countChanges(manager: EntityManager, filter: AuditFilter, limit: number): Promise<number> {
    const { found, sifted = 'true', parameters } = conditions(filter);
    const [row] = await manager.query<{ count: number }[]>(
      `select coalesce(sum(greatest(1, jsonb_array_length(changes))), 0)::bigint as count
         from (select changes from audit_log where ${found} and ${sifted} limit ${limit}) c`,
      parameters,
    );
    return row?.count ?? 0;
  }

  /** What the accounts and keys of these actors are called now; those that are gone are left out. */
  async namesOf(manager: EntityManager, actors: readonly string[]): Promise<Map<string, string>> {
    const ids = (type: string) => {
      const ofType = actors.filter((actor) => actor.startsWith(`${type}:`));
      return ofType.map((actor) => actor.slice(type.length + 1)).filter(isId);
    };
    const rows = await manager.query<{ actor: string; name: string }[]>(
      `select 'user:' || replace(id::text, '-', '') as actor, display_name as name from user_account where id = any ($1)
       union all select 'key:' || replace(id::text, '-', ''), name from api_key where id = any ($2)`,
      [ids('user'), ids('key')],
    );
    return new Map(rows.map(({ actor, name }) => [actor, name]));
  }
}

interface Conditions {
  /** What an index finds, or time bounds. */
  readonly found: string;
  /** Its parameters. */
  readonly bounds: unknown[];
  /** What has to be looked at entry by entry; undefined: nothing. */
  readonly sifted: string | undefined;
  /** Those of both. */
  readonly parameters: unknown[];
}

function conditions(filter: AuditFilter, before?: Id): Conditions {
  const parameters: unknown[] = [];
  const add = (condition: string, value: unknown) => {
    parameters.push(value);
    return condition.replaceAll(/\$\w*/g, `$${parameters.length}`);
  };
  const found = ['true'];
  if (before !== undefined) found.push(add('id < $', before));
  if (filter.from) found.push(add('id >= $', firstIdAt(filter.from)));
  if (filter.to) found.push(add('id < $', firstIdAt(filter.to)));
  if (filter.subjectId !== undefined) found.push(add('subject_id = $', filter.subjectId));
  if (filter.cause !== undefined) found.push(add('cause = $', filter.cause));
  const bounds = [...parameters];
  const sifted: string[] = [];
  if (filter.subjectKind !== undefined) sifted.push(add('subject_kind = $', filter.subjectKind));
  if (filter.actor !== undefined) sifted.push(add('actor = $', filter.actor));
  if (filter.action !== undefined) sifted.push(add('action = $', filter.action));
  if (filter.field !== undefined) sifted.push(add(HAS_FIELD, filter.field));
  const rest = sifted.length > 0 ? sifted.join(' and ') : undefined;
  return { found: found.join(' and '), bounds, sifted: rest, parameters };
}
