import pg from 'pg';
import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { userActivated, userDeactivated, userScheduleRemoved, userUpdated } from '@muster/contracts';
import type { MassChangeDto, MassChangeRowDto } from '../bulk/mass-change.dto.js';
import { bodyOf, UserAdmin, type TestCompany } from './user-admin.js';

/** What an administrator does with mass changes, of one company unless another is named. */
export class MassChangeDesk {
  private emails = 0;

  private constructor(
    readonly server: UserAdmin,
    readonly company: TestCompany,
  ) {}

  static async start(): Promise<MassChangeDesk> {
    const server = await UserAdmin.startWithEvents();
    return new MassChangeDesk(server, await server.company());
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  async create(wishes: Record<string, unknown> = {}, { token } = this.company): Promise<string> {
    const answer = await this.server.createUser(token, { email: `mass${++this.emails}@example.com`, ...wishes });
    return String(bodyOf(answer, 201)['id']);
  }

  createMany(count: number, wishes = {}, of = this.company): Promise<string[]> {
    const one = () => this.create({ hasOwnSchedule: false, ...wishes }, of);
    return Promise.all(Array.from({ length: count }, one));
  }

  async read(id: string, { token } = this.company) {
    return (await this.server.call('GET', `/v1/users/${id}`, { token })).body;
  }

  start(json: object, { token } = this.company, headers = {}) {
    return this.server.call('POST', '/v1/users/bulk', { token, json, headers });
  }

  async get(id: string, { token } = this.company): Promise<MassChangeDto> {
    return (await this.server.call('GET', `/v1/users/bulk/${id}`, { token })).body as unknown as MassChangeDto;
  }

  command(id: string, name: string, { token } = this.company) {
    return this.server.call('POST', `/v1/users/bulk/${id}/${name}`, { token });
  }

  async rowsOf(id: string, query = '', { token } = this.company): Promise<MassChangeRowDto[]> {
    const { body } = await this.server.call('GET', `/v1/users/bulk/${id}/rows?limit=500&${query}`, { token });
    return body['items'] as MassChangeRowDto[];
  }

  settled(id: string, of = this.company): Promise<MassChangeDto> {
    const look = async () => {
      const change = await this.get(id, of);
      return !['planning', 'running'].includes(change.state) && change;
    };
    return vi.waitUntil(look, PATIENT);
  }

  async planned(json: object, of = this.company): Promise<MassChangeDto> {
    return this.settled(String(bodyOf(await this.start(json, of), 202)['id']), of);
  }

  /** Planned and run in one call. */
  run(json: object, of = this.company): Promise<MassChangeDto> {
    return this.planned({ ...json, then: 'run' }, of);
  }

  /** What was planned, run from now on. */
  async ran(id: string, of = this.company): Promise<MassChangeDto> {
    bodyOf(await this.command(id, 'run', of), 202);
    return this.settled(id, of);
  }

  eventsAbout(userIds: readonly string[]) {
    return [userUpdated, userActivated, userDeactivated, userScheduleRemoved].flatMap((contract) =>
      this.server.service.events(contract).filter(({ data }) => userIds.includes(data.userId)),
    );
  }

  /** The company, to be called by a key that may do as much. */
  async withKey(of: TestCompany): Promise<TestCompany> {
    const json = { name: 'ERP', scopes: ['users:write'] };
    const { body } = await this.server.call('POST', '/v1/api-keys', { token: of.token, json });
    return { ...of, token: String(body['apiKey']) };
  }

  /** A connection of the tables' owner, for what no service does. */
  async ownerClient(): Promise<pg.Client> {
    const client = new pg.Client(this.server.service.database.urls['user-admin'].ownerUrl);
    await client.connect();
    return client;
  }
}

/** Outcome and codes of each account. */
export function briefly(rows: readonly MassChangeRowDto[]): Record<string, string> {
  return Object.fromEntries(
    rows.map(({ userId, outcome, problems }) => [userId, [outcome, ...problems.map(({ code }) => code)].join(' ')]),
  );
}
