import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { userDeleted } from '@muster/contracts';
import { CUSTOMERS, DataDesk } from '../test-support/data-desk.js';
import type { Answer } from '../test-support/user-admin.js';

let desk: DataDesk;
beforeAll(async () => {
  desk = await DataDesk.start();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.clear());

describe('the deletion of an account', () => {
  const remove = (id: string, confirmation?: string, query = ''): Promise<Answer> =>
    desk.server.call('DELETE', `/v1/users/${id}${query}`, {
      token: desk.company.token,
      headers: { 'if-match': '*', ...(confirmation !== undefined && { 'confirmation-token': confirmation }) },
    });
  const codeOf = async (id: string) => (await remove(id)).body['code'];

  async function deactivated(): Promise<string> {
    const id = await desk.person();
    await desk.server.call('POST', `/v1/users/${id}/deactivate`, { token: desk.company.token });
    desk.stored.customer = [...CUSTOMERS];
    return id;
  }

  /** The note is written when the last byte was sent, and so after it may have arrived. */
  async function allowed(id: string): Promise<void> {
    await expect.poll(() => codeOf(id)).toBe('confirmation_required');
  }

  it('is possible once its data was downloaded, and takes the records along that were in it', async () => {
    const id = await deactivated();
    expect(await codeOf(id)).toBe('user_has_data');
    await desk.download(id);
    await allowed(id);
    const asked = await remove(id);
    expect(asked.body['detail']).toContain('3 records');
    const token = asked.headers.get('confirmation-token') ?? '';
    expect((await remove(id, token)).status).toBe(204);
    await expect
      .poll(() => desk.server.service.events(userDeleted).filter(({ data }) => data.userId === id))
      .toMatchObject([{ data: { discardData: false, downloadedDigest: `${desk.changes}` } }]);
    const left = await desk.server.change(desk.company.id, 'select 1 from data_download where user_id = $1', [id]);
    expect(left).toEqual([]);
  });

  it('is refused again when a record changes, also after it was confirmed', async () => {
    const id = await deactivated();
    await desk.download(id);
    await allowed(id);
    const token = (await remove(id)).headers.get('confirmation-token') ?? '';
    desk.changes++;
    expect((await remove(id, token)).body['code']).toBe('user_has_data');
    await desk.download(id);
    await allowed(id);
    expect((await remove(id, token)).body['code']).toBe('confirmation_required');
  });

  it('is not helped by the download of another account', async () => {
    const [id, other] = [await deactivated(), await deactivated()];
    await desk.download(other);
    await allowed(other);
    expect(await codeOf(id)).toBe('user_has_data');
  });

  it('is not helped by a download while records changed, nor by one that nobody got', async () => {
    const id = await deactivated();
    desk.onPage = () => void desk.changes++;
    expect([...(await desk.download(id)).keys()]).toHaveLength(3);
    desk.onPage = () => undefined;
    const head = await desk.request(id, '', { method: 'HEAD' });
    expect(head.status).toBe(200);
    desk.onPage = () => {
      throw new Error('field-data has a bad day');
    };
    await expect(desk.request(id).then((response) => response.arrayBuffer())).rejects.toThrow('terminated');
    desk.onPage = () => undefined;
    // All of them have ended: nothing was noted of any.
    await expect
      .poll(async () => {
        const log = await desk.server.call('GET', `/v1/audit-log?subjectId=${id}&action=downloaded`, { token: desk.company.token });
        return log.body['items'];
      })
      .toHaveLength(3); // prettier-ignore
    expect(await codeOf(id)).toBe('user_has_data');
    const noted = await desk.server.change(desk.company.id, 'select 1 from data_download where user_id = $1', [id]);
    expect(noted).toEqual([]);
  });
});
