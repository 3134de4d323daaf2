import { UnitOfWork } from '@muster/persistence';
import { startTestService, type TestService, type TestServiceOptions } from '@muster/testing';
import { createOperatorKey } from '../create-operator-key.js';
import { USER_ADMIN } from '../definition.js';
import { hashPassword } from '../sign-in/password-hash.js';

export const PASSWORD = 'correct horse battery';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What is in it is for the test to say.
  readonly body: Record<string, unknown>;
}

export interface TestCompany {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Access token of its administrator. */
  readonly token: string;
  readonly refreshToken: string;
}

export interface CallOptions {
  /** Access token or API key. */
  readonly token?: string;
  readonly json?: unknown;
  readonly form?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

/** @throws Error when the answer has another status than was wanted */
export function bodyOf({ status, body }: Answer, wanted: number): Answer['body'] {
  if (status !== wanted) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** The service on a database of its own, and what tests do with it over HTTP. */
export class UserAdmin {
  private companies = 0;

  private constructor(
    readonly service: TestService,
    readonly operatorKey: string,
  ) {}

  static async start(options: TestServiceOptions = {}): Promise<UserAdmin> {
    const service = await startTestService(USER_ADMIN, options);
    return new UserAdmin(service, await createOperatorKey({ url: service.database.urls['user-admin'].url }));
  }

  /** With its events on their way. */
  static async startWithEvents(): Promise<UserAdmin> {
    const server = await UserAdmin.start();
    await server.service.transport.start();
    return server;
  }

  async stop(): Promise<void> {
    await this.service.transport.stop();
    await this.service.stop();
  }

  async call(method: string, path: string, { token, json, form, headers = {} }: CallOptions = {}): Promise<Answer> {
    const all = new Headers(headers);
    if (token !== undefined) all.set('authorization', `Bearer ${token}`);
    if (json !== undefined) all.set('content-type', 'application/json');
    const body = json !== undefined ? JSON.stringify(json) : form && new URLSearchParams(form);
    const response = await fetch(`${this.service.url}${path}`, { method, headers: all, ...(body && { body }) });
    const text = await response.text();
    const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body: parsed };
  }

  /** Asks for a token. */
  grant(grantType: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', '/v1/auth/token', { form: { grant_type: grantType, ...form }, headers });
  }

  signIn(company: string, username: string, password = PASSWORD): Promise<Answer> {
    return this.grant('password', { company, username, password });
  }

  /** A company whose administrator has signed in. */
  async company(wishes: Record<string, unknown> = {}): Promise<TestCompany> {
    const name = `Company ${++this.companies}`;
    const administrator = { email: 'Admin@example.com', firstName: 'Ada', lastName: 'Admin', password: PASSWORD };
    const settings = { name, language: 'de', timeZone: 'Europe/Vienna', country: 'AT', licences: 100, administrator };
    const created = await this.call('POST', '/v1/companies', {
      token: this.operatorKey,
      json: { ...settings, ...wishes },
    });
    if (created.status !== 201) throw new Error(`No company: ${JSON.stringify(created.body)}`);
    const signedIn = await this.signIn(name, administrator.email);
    return {
      id: String(created.body['id']),
      name,
      email: administrator.email,
      token: String(signedIn.body['access_token']),
      refreshToken: String(signedIn.body['refresh_token']),
    };
  }

  createUser(token: string, wishes: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Answer> {
    const json = {
      firstName: 'Rita',
      lastName: 'Rep',
      kind: 'staff',
      authorizationLevel: 0,
      hasOwnSchedule: true,
      ...wishes,
    };
    return this.call('POST', '/v1/users', { token, json, headers });
  }

  /** Gives an account the {@link PASSWORD}, behind the service's back: no route does so yet. */
  async givePassword(companyId: string, userId: string): Promise<void> {
    const hash = await hashPassword(PASSWORD);
    await this.change(companyId, 'update user_account set password_hash = $2 where id = $1', [userId, hash]);
  }

  /** Runs a statement in a unit of work of a company. */
  change(companyId: string, statement: string, parameters: unknown[]): Promise<unknown> {
    const scope = { companyId, actor: 'system', cause: 'request:test' };
    return this.service.app.get(UnitOfWork).run(scope, (manager) => manager.query(statement, parameters));
  }
}
