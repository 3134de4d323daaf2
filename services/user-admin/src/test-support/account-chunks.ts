import { vi } from 'vitest';
import {
  importChunkAnswered,
  importChunkOrdered,
  importFinished,
  type DataOf,
  type EventEnvelope,
  type Id,
  type RowAnswer,
} from '@muster/contracts';
import { FinishedImportsConsumer, ImportChunks, type ChunkOrder } from '@muster/import-owner';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { PATIENT } from '@muster/testing';
import { Marks } from '../restore-points/marks.service.js';
import { UserAdmin, type TestCompany } from './user-admin.js';

export type Cell = string | number | boolean | null;
export type OrderEvent = EventEnvelope<ChunkOrder>;
export type ChunkAnswer = DataOf<typeof importChunkAnswered>;
type EndState = DataOf<typeof importFinished>['state'];

export const key = (field: string) => ({ field, behaviour: 'key', emptyCell: 'keep' }) as const;
export const overwrite = (field: string, emptyCell: 'keep' | 'clear' | 'default' = 'keep') =>
  ({ field, behaviour: 'overwrite', emptyCell }) as const;
export const keep = (field: string) => ({ field, behaviour: 'keep', emptyCell: 'keep' }) as const;

/** `2 created`, `3 invalid value_taken email`: what became of each row. */
export function told(answers: readonly RowAnswer[]): string[] {
  return answers.map(({ row, outcome, problems = [] }) =>
    [row, outcome, ...problems.flatMap(({ code, field }) => [code, ...(field === undefined ? [] : [field])])].join(' '),
  );
}

/** user-admin, and what a test of work orders about accounts does with it. */
export class AccountChunkTestbed {
  static async start(): Promise<AccountChunkTestbed> {
    return new AccountChunkTestbed(await UserAdmin.start());
  }

  private constructor(readonly admin: UserAdmin) {}

  /** A company with one administrator and nobody else, and a restore point that user-admin has marked. */
  async company(wishes: Record<string, unknown> = {}): Promise<TestCompany & { scope: Scope; point: Id }> {
    const company = await this.admin.company(wishes);
    const scope: Scope = { companyId: company.id, actor: 'user:test', cause: 'request:test' };
    return { ...company, scope, point: await this.mark(scope) };
  }

  /** A restore point that user-admin has marked now. */
  async mark(scope: Scope): Promise<Id> {
    const point = newId();
    await this.admin.service.app.get(Marks).set(scope, point);
    return point;
  }

  /** Preset: an upsert by e-mail of first name, last name, number and own schedule. */
  order(of: { scope: Scope; point: Id }, rows: Cell[][], overrides: Partial<ChunkOrder> = {}): OrderEvent {
    const importId = overrides.importId ?? newId();
    const firstRow = 2 + (overrides.seq ?? 0) * 100;
    return {
      id: newId(),
      type: importChunkOrdered.type,
      source: 'import',
      time: '2026-11-30T08:00:00.000Z',
      subject: `${importId}/0`,
      companyId: of.scope.companyId,
      actor: of.scope.actor,
      cause: `import:${importId}`,
      data: {
        importId,
        seq: 0,
        entity: 'user',
        dryRun: false,
        restorePointId: of.point,
        repId: null,
        mode: 'upsert',
        columns: [
          key('email'),
          ...['firstName', 'lastName', 'employeeNumber', 'hasOwnSchedule'].map((f) => overwrite(f)),
        ],
        rows: rows.map((cells, i): [number, ...Cell[]] => [firstRow + i, ...cells]),
        ...overrides,
      },
    };
  }

  async handle(event: OrderEvent): Promise<ChunkAnswer> {
    const before = this.answers(event).length;
    await this.admin.service.app.get(ImportChunks).handle(event);
    const answers = await this.answersTo(event, before + 1);
    const last = answers.at(-1);
    if (!last) throw new Error('There is no answer');
    return last;
  }

  /** Hands over an order, and waits until so many answers to chunks of its import have come. */
  async handleAll(event: OrderEvent, count: number): Promise<ChunkAnswer[]> {
    await this.admin.service.app.get(ImportChunks).handle(event);
    return this.answersTo(event, count);
  }

  answersTo(event: OrderEvent, count = 1): Promise<ChunkAnswer[]> {
    return vi.waitFor(() => {
      const found = this.answers(event);
      if (found.length < count) throw new Error(`${found.length} of ${count} answers`);
      return found;
    }, PATIENT);
  }

  async stored(companyId: Id): Promise<Record<string, unknown>[]> {
    const scope = { companyId, actor: 'system', cause: 'request:test' } as const;
    return this.admin.service.app.get(UnitOfWork).run(scope, (manager) =>
      manager.query(
        `select id, email, first_name as "firstName", last_name as "lastName", employee_number as "employeeNumber",
                has_own_schedule as "hasOwnSchedule", login_enabled as "loginEnabled", username, version,
                authorization_level as level
         from user_account order by email`,
      ),
    );
  }

  /** The import of an order has come to its end. */
  async ended({ data: { importId, entity }, ...envelope }: OrderEvent, state: EndState): Promise<void> {
    const counters = { read: 0, created: 0, updated: 0, unchanged: 0, ignored: 0, invalid: 0, failed: 0, unprocessed: 0 };
    const data = { importId, entity, fileName: 'a.csv', state, counters, restorePointId: null, requestedBy: null };
    const consumer = this.admin.service.app.get(FinishedImportsConsumer);
    await consumer.onFinished({ ...envelope, id: newId(), type: importFinished.type, data });
  } // prettier-ignore

  /** What is kept of the chunks of an import; `ids` counts those for whom their rows stand. */
  results({ companyId, actor, cause, data }: OrderEvent) {
    return this.admin.service.app
      .get(UnitOfWork)
      .run({ companyId, actor, cause }, (manager) =>
        manager.query<{ seq: number; answers: string; postponed: string | null; ids: number }[]>(
          `select seq, answers, postponed, cardinality(record_ids) as ids from chunk_result where import_id = $1 order by seq`,
          [data.importId],
        ),
      );
  }

  /** Rows of the change log of accounts, by an import. */
  async logged(companyId: Id, importId: Id): Promise<number> {
    const scope = { companyId, actor: 'system', cause: 'request:test' } as const;
    const [row] = await this.admin.service.app
      .get(UnitOfWork)
      .run(scope, (manager) =>
        manager.query<{ n: number }[]>(`select count(*)::integer as n from user_account_change where cause = $1`, [
          `import:${importId}`,
        ]),
      );
    return row?.n ?? 0;
  }

  private answers({ data }: OrderEvent): ChunkAnswer[] {
    const events = this.admin.service.events(importChunkAnswered);
    return events.filter((one) => one.data.importId === data.importId).map((one) => one.data);
  }
}
