import { expect, it } from 'vitest';
import { createInProcessQuestions, Questions, type Caller } from '@muster/platform';
import { RecordSight } from './record-sight.js';

const ME = '1'.repeat(32);
const [ANNA, BERT] = ['2'.repeat(32), '3'.repeat(32)];

function sight(reps: string[]) {
  const asked: unknown[] = [];
  const transport = createInProcessQuestions();
  transport.connect('user-admin', async (_name, request) => {
    asked.push(request);
    return { userIds: reps };
  });
  return { asked, sight: new RecordSight(new Questions('field-data', transport)) };
}

const caller = (role: Caller['role'], userId: string | null = ME) => ({ companyId: '9'.repeat(32), role, userId });

it.each([
  ['administrator', ME, null],
  ['key', null, null],
  // A scope has let it in, which is for the records of all reps.
  ['person', ME, null],
  ['supervisor', ME, [ME, ANNA, BERT]],
  ['user', ME, [ME]],
  ['portal', ME, [ME]],
  ['user', null, []],
] as const)('%s with the account %j sees the records of %j', async (role, userId, seen) => {
  expect(await sight([ANNA, ME, BERT]).sight.of(caller(role, userId))).toEqual(seen);
});

it('asks once for the pages of a list', async () => {
  const { asked, sight: of } = sight([ANNA]);
  for (let page = 0; page < 3; page++) await of.of(caller('supervisor'));
  expect(asked).toEqual([{ companyId: caller('supervisor').companyId, userId: ME }]);
});
