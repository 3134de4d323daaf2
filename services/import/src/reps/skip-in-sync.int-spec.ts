import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { accountLedger, importAbsenteesAnswered, importAbsenteesOrdered } from '@muster/contracts';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration } from '../test-support/import-service.js';
import { ANN, Assistant, BEN } from '../test-support/rep-by-rep.js';

describe('a sync of which a rep is skipped', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.start();
    const counts = { licences: 10, inUse: 1, administrators: 1, active: 1 };
    assistant.imports.service.answer(accountLedger, () => ({ ...counts, guard: { percent: 20, count: 500 } }));
  });
  afterAll(() => assistant?.stop());

  /** Absent are 4 of 100 of the first rep, and 60 of 100 of the second. */
  async function planned() {
    const { id: uploadId } = await assistant.upload(`Id,Name,Rep\n1,A,${ANN}\n2,B,${BEN}\n`);
    const configuration = customersConfiguration({ mode: 'sync' });
    const job = await assistant.imports.ask<ImportDto>('POST', '/imports', { uploadId, configuration, then: 'plan' });
    const orders = await vi.waitUntil(() => {
      const sent = assistant.imports.service.events(importAbsenteesOrdered).filter(({ data }) => data.importId === job.id);
      return sent.length === 2 && sent;
    }, PATIENT); // prettier-ignore
    const [ann = '', ben = ''] = (await assistant.repsOf(job)).map(({ userId }) => userId ?? '');
    for (const { companyId, actor, cause, data } of orders) {
      const { importId, planId, repId = null } = data;
      const about = { importId, repId, dryRun: true as const, ...(planId !== undefined && { planId }) };
      const found = { planned: repId === ann ? 4 : 60, base: 100, deactivated: 0, passedOver: [] };
      await assistant.imports.service.publish(
        importAbsenteesAnswered,
        { companyId, actor, cause },
        { ...about, ...found },
      );
    }
    return { job: await assistant.until(job, 'planned'), ann, ben };
  }

  it('is of those that are left: what is absent, and what the guard looks at', async () => {
    const { job, ben } = await planned();
    expect(job).toMatchObject({ plan: { removed: 64 }, absentees: { planned: 64 } });
    expect(job.guard).toMatchObject([{ planned: 64, base: 200, limit: 40, exceeded: true }]);
    expect((await assistant.post(job, `reps/${ben}/skip`)).status).toBe(200);
    const left = await assistant.read(job);
    expect(left).toMatchObject({ plan: { read: 1, removed: 4 }, absentees: { planned: 4 } });
    expect(left.guard).toEqual([{ effect: 'recordRemovals', planned: 4, base: 100, limit: 20, exceeded: false }]);
    expect((await assistant.post(job, 'run')).status).toBe(202);
    expect((await assistant.until(job, 'running')).problem).toBeNull();
  });
});
