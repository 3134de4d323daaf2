import { recordEntities, recordsOfRep, recordsPageOfRep } from '@muster/contracts';
import { CUSTOMER, TASK, type EntitySchema } from '@muster/import-model';
import { newId } from '@muster/persistence';
import { unzip } from '@muster/testing';
import type { RecordValue } from '../account-data/record-cells.js';
import { bodyOf, UserAdmin, type TestCompany } from './user-admin.js';

/** What field-data would have of the rep that is asked for. */
interface Stored {
  readonly binned?: boolean;
  readonly [field: string]: RecordValue | undefined;
}

const SCHEMAS = { customer: CUSTOMER, task: TASK } satisfies Record<string, EntitySchema>;

/** Downloads the data of accounts, and plays the field-data that has their records. */
export class DataDesk {
  stored: { customer: Stored[]; task: Stored[] } = { customer: [], task: [] };
  /** Changes the digest with every record that changes. */
  changes = 0;
  /** Called for every page that is asked for. */
  onPage: () => void = () => undefined;
  pages = 0;
  private people = 0;

  private constructor(
    readonly server: UserAdmin,
    readonly company: TestCompany,
  ) {}

  static async start(): Promise<DataDesk> {
    const server = await UserAdmin.startWithEvents();
    const desk = new DataDesk(server, await server.company());
    desk.playFieldData();
    return desk;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** No rep has records. */
  clear(): void {
    this.stored = { customer: [], task: [] };
    this.onPage = () => undefined;
    this.pages = 0;
    this.changes++;
  }

  async person(wishes: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.server.createUser(this.company.token, { email: this.nextEmail(), ...wishes });
    return String(bodyOf(answer, 201)['id']);
  }

  request(id: string, query = '', { token = this.company.token, method = 'GET' } = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${token}` };
    return fetch(`${this.server.service.url}/v1/users/${id}/data${query}`, { method, headers });
  }

  /** The files of the archive. */
  async download(id: string, query = '?language=en'): Promise<Map<string, string>> {
    const response = await this.request(id, query);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return unzip(await response.arrayBuffer());
  }

  private nextEmail(): string {
    return `data${++this.people}@example.com`;
  }

  private playFieldData(): void {
    const { service } = this.server;
    service.answer(recordEntities, () => ({
      entities: Object.entries(SCHEMAS).map(([entity, { label, fields }]) => ({
        entity,
        label,
        fields: fields.map(({ id, type, label: text }) => ({ id, type, label: text })),
      })),
    }));
    service.answer(recordsOfRep, () => ({
      counts: Object.entries(this.stored).flatMap(([entity, { length: count }]) =>
        count > 0 ? [{ entity, count }] : [],
      ),
      digest: `${this.changes}`,
    }));
    service.answer(recordsPageOfRep, ({ entity, fields, after, limit }) => {
      this.pages++;
      this.onPage();
      const all = this.stored[entity as keyof typeof this.stored];
      const from = after === null ? 0 : Number(after);
      const rows = all.slice(from, from + limit);
      return {
        rows: rows.map((row) => ({ binned: row.binned ?? false, values: fields.map((field) => row[field] ?? null) })),
        nextAfter: from + limit < all.length ? String(from + limit).padStart(32, '0') : null,
      };
    });
  }
}

export const CUSTOMERS: Stored[] = [
  { id: newId(), externalId: '007', name1: '=1+1', name2: "'x", notes: 'a;b,"c"\r\nd', phone: '+43 664 1', doNotCall: true },
  { id: newId(), externalId: 'B', name1: ' Ä ', latitude: 47.075, longitude: -15.4, callInterval: 0, doNotCall: false },
  { id: newId(), name1: '-5', lastCall: '2026-03-14T09:30:00', email: 'a@example.com', doNotCall: false, binned: true },
]; // prettier-ignore
