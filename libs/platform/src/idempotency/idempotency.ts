import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '@muster/contracts';
import { databaseNames, UnitOfWork } from '@muster/persistence';
import type { Caller } from '../auth/caller.js';
import { requestContext } from '../http/request-context.js';
import { ServiceIdentity } from '../service/service-identity.js';

/** How long a stored answer is kept. */
export const KEPT_HOURS = 24;
/** Headers of the answer that are stored with it. */
const STORED_HEADERS = ['location', 'etag', 'retry-after'] as const;

interface StoredAnswer {
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

type Row = [companyId: string, actor: string, operation: string, key: string];

/** Requests that are sent again under the same `Idempotency-Key`. */
@Injectable()
export class Idempotency {
  private readonly schema: string;

  constructor(
    private readonly uow: UnitOfWork,
    identity: ServiceIdentity,
  ) {
    this.schema = databaseNames(identity.name).schema;
  }

  /**
   * Runs `work` in a unit of work that stores its answer under the key, or answers what is stored. Without a key it just
   * runs `work`. An operation is the method and path of the request; the answer must be a JSON value.
   * @param fingerprint tells whether a repeat is the same request
   * @throws Problem idempotency_key_invalid, idempotency_key_in_use (the first still runs), idempotency_key_reused
   */
  async run<T>(caller: Caller, key: string | undefined, fingerprint: string, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work();
    if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/.test(key)) throw new Problem('idempotency_key_invalid');
    return this.uow.run(caller, async (manager) => {
      const row: Row = [caller.companyId, caller.actor, currentOperation(), key];
      await this.lock(manager, row);
      const stored = await find(manager, row);
      if (stored && stored.fingerprint !== fingerprint) throw new Problem('idempotency_key_reused');
      if (stored) return replay<T>(stored);
      const body = await work();
      await store(manager, row, fingerprint, body);
      return body;
    });
  }

  /** Held until the unit of work ends, so that the second of two parallel requests does not run. */
  private async lock(manager: EntityManager, row: Row): Promise<void> {
    const [answer] = await manager.query<{ locked: boolean }[]>(
      `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked`,
      [JSON.stringify([this.schema, 'idempotency', ...row])],
    );
    if (!answer?.locked) throw new Problem('idempotency_key_in_use');
  }
}

function currentOperation(): string {
  const context = requestContext();
  return context ? `${context.method} ${context.path}` : 'internal';
}

async function find(manager: EntityManager, row: Row): Promise<StoredAnswer | undefined> {
  await manager.query(
    `delete from idempotency_key where company_id = $1 and actor = $2 and operation = $3 and key = $4
       and created_at < now() - interval '${KEPT_HOURS} hours'`,
    row,
  );
  const [stored] = await manager.query<StoredAnswer[]>(
    `select fingerprint, status, headers, body from idempotency_key
      where company_id = $1 and actor = $2 and operation = $3 and key = $4`,
    row,
  );
  return stored;
}

async function store(manager: EntityManager, row: Row, fingerprint: string, body: unknown): Promise<void> {
  const response = requestContext()?.response;
  const headers = STORED_HEADERS.flatMap((name) => {
    const value = response?.getHeader(name);
    return value === undefined ? [] : [[name, String(value)]];
  });
  await manager.query(
    `insert into idempotency_key (company_id, actor, operation, key, fingerprint, status, headers, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...row,
      fingerprint,
      response?.statusCode ?? 200,
      JSON.stringify(Object.fromEntries(headers)),
      body === undefined ? null : JSON.stringify(body),
    ],
  );
}

/** The stored JSON stands for the answer: dates are texts in it, as they are on the wire. */
function replay<T>(stored: StoredAnswer): T {
  const response = requestContext()?.response;
  if (response) {
    response.statusCode = stored.status;
    for (const [name, value] of Object.entries(stored.headers)) response.setHeader(name, value);
    response.setHeader('Idempotent-Replayed', 'true');
  }
  return stored.body as T;
}
