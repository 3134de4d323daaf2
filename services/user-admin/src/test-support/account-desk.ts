import { userActivated, userDeactivated, userScheduleRemoved, userUpdated } from '@muster/contracts';
import { bodyOf, UserAdmin, type Answer, type TestCompany } from './user-admin.js';

const EVENTS = [userUpdated, userActivated, userDeactivated, userScheduleRemoved];

/** What an administrator does with accounts one by one, of one company unless the token is another's. */
export class AccountDesk {
  private emails = 0;

  private constructor(
    readonly server: UserAdmin,
    readonly company: TestCompany,
  ) {}

  static async start(): Promise<AccountDesk> {
    const server = await UserAdmin.startWithEvents();
    return new AccountDesk(server, await server.company());
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  async create(wishes: Record<string, unknown> = {}, token = this.company.token): Promise<string> {
    const answer = await this.server.createUser(token, {
      email: `change${++this.emails}@example.com`,
      ...wishes,
    });
    return String(bodyOf(answer, 201)['id']);
  }

  read(id: string, token = this.company.token): Promise<Answer> {
    return this.server.call('GET', `/v1/users/${id}`, { token });
  }

  patch(id: string, json: unknown, ifMatch = '*', token = this.company.token): Promise<Answer> {
    return this.server.call('PATCH', `/v1/users/${id}`, { token, json, headers: { 'if-match': ifMatch } });
  }

  act(id: string, action: 'activate' | 'deactivate', token = this.company.token): Promise<Answer> {
    return this.server.call('POST', `/v1/users/${id}/${action}`, { token });
  }

  async administratorsOf(token: string): Promise<string[]> {
    const { body } = await this.server.call('GET', '/v1/users?authorizationLevel=2', { token });
    return (body['items'] as { id: string }[]).map(({ id }) => id);
  }

  /** Type and version of each event about the account. */
  eventsOf(userId: string): string[] {
    return EVENTS.flatMap((contract) =>
      this.server.service
        .events(contract)
        .filter(({ data }) => data.userId === userId)
        .map(({ type, data }) => `${type} ${data.version}`),
    );
  }
}

/** A wish for every field but those of which there is one in a company. */
export const EVERYTHING = {
  title: 'Dr.',
  phone: '0316 8050-0',
  mobile: '+43 664 1234567',
  language: 'en',
  note: 'Knows the house.',
  home: {
    street: 'Lindengasse 7',
    postalCode: '01067',
    city: 'Graz',
    state: 'Stmk',
    country: 'AT',
    latitude: 47.07,
    longitude: 15.44,
  },
  workingHours: { mon: { from: '07:30', to: '16:00' }, fri: { from: 'closed', to: 'closed' } },
  workBreak: { mode: 'fixed', from: '12:00', to: '12:30', minutes: 30 },
  overnight: { days: 3, minDistance: 150, minMinutes: 90, maxTravelMinutes: 300 },
  drivingSpeed: { city: -10, country: 0, highway: 50 },
  defaults: { callInterval: 14, callDuration: 45, businessHours: 'Mo-Fr 08:00-12:00' },
  uprn: '010003456789',
  dateOfBirth: '1980-05-17',
  customerType: 'A',
  taxIdentifier: 'ATU12345678',
  gender: 'prefer_not_to_say',
  accessLevel: 'gold',
  roles: ['r1', 'r2'],
  roleOptions: ['Sys_Admin'],
};
