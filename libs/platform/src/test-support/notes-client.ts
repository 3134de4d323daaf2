import { newId } from '@muster/persistence';
import type { Id } from '@muster/contracts';
import { userClaims } from './identities.js';
import type { RunningNotes } from './start-notes.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Init {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  /** Text is JSON unless a header says otherwise; bytes have no type. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Calls the notes service, as one user of one company unless a test says otherwise. */
export class NotesClient {
  readonly company = newId();
  readonly user = newId();

  constructor(private readonly notes: RunningNotes) {}

  async call(method: string, path: string, init: Init = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (init.token !== undefined) headers.set('authorization', `Bearer ${init.token}`);
    if (typeof init.body === 'string' && !headers.has('content-type')) headers.set('content-type', 'application/json');
    const body = init.body === undefined ? {} : { body: init.body };
    const response = await fetch(`${this.notes.url}${path}`, { method, headers, ...body });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  signIn(role = 'administrator', company: Id = this.company): Promise<string> {
    return this.notes.identities.token(userClaims(company, this.user, role));
  }

  /** An administrator of a company that nobody else has anything in. */
  signInAlone(): Promise<string> {
    return this.signIn('administrator', newId());
  }

  create(token: string, text: string, key?: string): Promise<Answer> {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    return this.call('POST', '/v1/notifications/notes', { token, body: JSON.stringify({ text }), headers });
  }

  async texts(token: string): Promise<unknown[]> {
    const { body } = await this.call('GET', '/v1/notifications/notes?limit=500', { token });
    return (body['items'] as { text: string }[]).map(({ text }) => text);
  }
}
