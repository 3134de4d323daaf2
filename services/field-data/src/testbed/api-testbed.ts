import { findReps, repsInSight, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { startTestService, type TestPerson, type TestService } from '@muster/testing';
import { FIELD_DATA } from '../definition.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { items: Record<string, unknown>[]; errors: Record<string, unknown>[] };
}

/** A record as the API answers it. */
export type Made = Record<string, unknown> & { readonly id: Id; readonly repId: Id };

/** Fields that a record of each entity cannot be without. */
export const LEAST: Readonly<Record<string, object>> = {
  customers: { name1: 'Adler' },
  appointments: { subject: 'Call', city: 'Graz', earliestBegin: '2026-03-14T09:30:00', duration: 30 },
  tasks: { subject: 'Call' },
  reports: { type: 'other' },
};
export const KINDS = Object.keys(LEAST);

/** field-data, and what a test does with its API. */
export class ApiTestbed {
  /** Accounts without a schedule of their own. */
  readonly withoutSchedule = new Set<Id>();
  /** Reps whom a supervisor sees. */
  readonly inSight = new Map<Id, Id[]>();

  static async start(): Promise<ApiTestbed> {
    const bed = new ApiTestbed(await startTestService(FIELD_DATA));
    bed.service.answer(findReps, ({ userIds }) => ({ found: userIds.map((userId) => bed.account(userId)) }));
    bed.service.answer(repsInSight, ({ userId }) => ({ userIds: bed.inSight.get(userId) ?? [] }));
    return bed;
  }

  readonly uow: UnitOfWork;

  private constructor(readonly service: TestService) {
    this.uow = service.app.get(UnitOfWork);
  }

  person(role: TestPerson['role'] = 'administrator', companyId: Id = newId()): TestPerson {
    return { companyId, userId: newId(), role };
  }

  async fetch(who: TestPerson, method: string, path: string, body?: unknown, headers: object = {}): Promise<Response> {
    return fetch(`${this.service.url}/v1/${path}`, {
      method,
      headers: {
        authorization: await this.service.authorization(who),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async send(who: TestPerson, method: string, path: string, body?: unknown, headers: object = {}): Promise<Answer> {
    const response = await this.fetch(who, method, path, body, headers);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  /** Preset: of a rep of its own. */
  async add(who: TestPerson, kind: string, fields: Record<string, unknown> = {}): Promise<Made> {
    const { status, body } = await this.send(who, 'POST', kind, { repId: newId(), ...LEAST[kind], ...fields });
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body as unknown as Made;
  }

  async items(who: TestPerson, path: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await this.send(who, 'GET', path);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.items;
  }

  /** What the client that a test is has nothing to do with: SQL in the person's company. */
  query<Row>({ companyId }: TestPerson, sql: string, values: unknown[] = []): Promise<Row[]> {
    const scope = { companyId, actor: 'user:test', cause: 'request:test' };
    return this.uow.run(scope, (manager) => manager.query<Row[]>(sql, values));
  }

  private account(userId: Id) {
    return {
      userId,
      displayName: 'Rep',
      email: `${userId}@example.com`,
      employeeNumber: userId.slice(-5),
      hasOwnSchedule: !this.withoutSchedule.has(userId),
      loginEnabled: true,
    };
  }
}
