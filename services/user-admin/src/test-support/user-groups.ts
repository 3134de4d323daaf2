import { bodyOf, UserAdmin, type TestCompany } from './user-admin.js';

interface GroupList {
  readonly items: { id: string; name: string; members: number }[];
  readonly nextCursor: string | null;
}

/** What administrators do with groups, of one company unless another is named. */
export class GroupDesk {
  private people = 0;

  private constructor(
    readonly server: UserAdmin,
    readonly company: TestCompany,
    readonly other: TestCompany,
  ) {}

  static async start(): Promise<GroupDesk> {
    const server = await UserAdmin.startWithEvents();
    return new GroupDesk(server, await server.company(), await server.company());
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  create(name: string, { token } = this.company, headers: Record<string, string> = {}) {
    return this.server.call('POST', '/v1/user-groups', { token, json: { name }, headers });
  }

  async idOf(name: string, of = this.company): Promise<string> {
    return String((await this.create(name, of)).body['id']);
  }

  read(id: string, { token } = this.company) {
    return this.server.call('GET', `/v1/user-groups/${id}`, { token });
  }

  async list(query = '', { token } = this.company): Promise<GroupList> {
    const { body } = await this.server.call('GET', `/v1/user-groups?${query}`, { token });
    return body as unknown as GroupList;
  }

  rename(id: string, name: string, ifMatch = '*', { token } = this.company) {
    const headers = { 'if-match': ifMatch };
    return this.server.call('PATCH', `/v1/user-groups/${id}`, { token, json: { name }, headers });
  }

  remove(id: string, { token } = this.company, headers = {}) {
    return this.server.call('DELETE', `/v1/user-groups/${id}`, { token, headers });
  }

  /** @returns the id of an account of these groups */
  async member(groups: string[], { token } = this.company): Promise<string> {
    const wishes = { email: `member${++this.people}@example.com`, hasOwnSchedule: false, userGroups: groups };
    const answer = await this.server.createUser(token, wishes);
    return String(bodyOf(answer, 201)['id']);
  }

  account(id: string, { token } = this.company) {
    return this.server.call('GET', `/v1/users/${id}`, { token });
  }
}
