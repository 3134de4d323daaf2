import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { TestCompany, UserAdmin } from '../test-support/user-admin.js';

/** A line of the file that links are written to. */
export interface WrittenLink {
  readonly linkId: string;
  readonly userId: string;
  readonly to: string;
  readonly channel: string;
  readonly path: string;
  readonly token: string;
}

export const anyLink = () => randomBytes(32).toString('base64url');

export async function writtenLinks(folder: string): Promise<WrittenLink[]> {
  const text = await readFile(join(folder, 'access-links.jsonl'), 'utf8').catch(() => '');
  const whole = text.split('\n').filter((line) => line.endsWith('}'));
  const lines = whole.map((line) => JSON.parse(line) as WrittenLink);
  return lines.map((line) => ({ ...line, token: line.path.split('/').at(-1) ?? '' }));
}

export async function startSending(server: UserAdmin, company: TestCompany, json: object): Promise<string> {
  const { status, body } = await server.call('POST', '/v1/access-links/send', {
    token: company.token,
    json: { channel: 'email', ...json },
  });
  expect(status).toBe(202);
  return String(body['id']);
}

export async function results(
  server: UserAdmin,
  company: TestCompany,
  job: string,
): Promise<Record<string, unknown>[]> {
  const path = `/v1/access-links/send-jobs/${job}/results?limit=500`;
  const { body } = await server.call('GET', path, { token: company.token });
  return body['items'] as Record<string, unknown>[];
}

/** Sends a link to an account and waits for it. */
export async function sendTo(
  server: UserAdmin,
  company: TestCompany,
  userId: string,
  folder: string,
): Promise<WrittenLink> {
  const job = await startSending(server, company, { userIds: [userId] });
  await expect
    .poll(() => results(server, company, job), { interval: 20 })
    .toMatchObject([{ userId, outcome: 'requested', linkState: 'delivered' }]);
  const link = (await writtenLinks(folder)).findLast((line) => line.userId === userId);
  if (!link) throw new Error('No link was written');
  return link;
}
