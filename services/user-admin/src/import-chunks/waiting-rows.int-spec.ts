import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccountBatch } from '../users/account-batch.js';
import { AccountChunkTestbed } from '../test-support/account-chunks.js';

let bed: AccountChunkTestbed;
beforeAll(async () => {
  bed = await AccountChunkTestbed.start();
});
afterAll(() => bed?.admin.service.stop());

it('a chunk whose rows wait for each other is answered', async () => {
  const of = await bed.company({ licences: 1 });
  await bed.handle(bed.order(of, [['y@example.com', 'F', 'Y', '1', false]]));
  const batch = bed.admin.service.app.get(AccountBatch);
  const plan = batch.plan.bind(batch);
  let plans = 0;
  batch.plan = (...args) => {
    if (++plans > 50) throw new Error('planned fifty times');
    return plan(...args);
  };
  const answer = await bed.handle(
    bed.order(of, [
      ['x@example.com', 'F', 'X', '1', true],
      ['y@example.com', 'F', 'Y', '2', true],
    ]),
  );
  expect(answer.answers.length + (answer.postponed ?? []).length).toBe(2);
});
