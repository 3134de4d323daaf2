import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveReps } from '@muster/contracts';
import type { ImportRepPage } from '../assignment/assignment.dto.js';
import type { ImportDto } from '../imports/import.dto.js';
import { isFinal, type ImportState } from '../imports/import-state.js';
import type { ImportRowPage } from '../results/row.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import { playOwners, type Owners } from '../test-support/owners.js';

const FILE = `Id,Name,Rep\r\n1,Ann,${REP}\r\n2,Ben,${REP}\r\n3,Cid,${REP}\r\n4,${'x'.repeat(5_000)},${REP}\r\n`;
const change = (from: string) => ({ outcome: 'updated' as const, changes: [{ field: 'name1', from, to: 'Ben' }] });

/** Somebody renames the second customer between the plan and the run. */
const renamedMeanwhile: Owners['decide'] = (_row, { dryRun }, { externalId }) => {
  if (externalId === '1') return { outcome: 'created' };
  if (externalId === '2') return change(dryRun ? 'Benno' : 'Bernd');
  return { outcome: 'unchanged' };
};

describe('a run on a plan whose records moved meanwhile', () => {
  let imports: ImportService;
  let owners: Owners;

  beforeAll(async () => {
    imports = await startImportService();
    owners = await playOwners(imports.service);
    owners.decide = renamedMeanwhile;
  });
  afterAll(async () => {
    await owners?.stop();
    await imports?.stop();
  });

  const read = (id: string) => imports.ask<ImportDto>('GET', `/imports/${id}`);
  async function run(id: string): Promise<ImportDto> {
    await imports.ask('POST', `/imports/${id}/run`);
    await expect.poll(async () => isFinal((await read(id)).state as ImportState)).toBe(true);
    return read(id);
  }
  const rowsOf = async (id: string, query: string) =>
    (await imports.ask<ImportRowPage>('GET', `/imports/${id}/rows?${query}`)).items;

  it('says which rows differ from what was shown, and how', async () => {
    const planned = await imports.importFile(FILE, customersConfiguration(), 'plan');
    expect(planned).toMatchObject({ state: 'planned', changedSincePlan: null });
    const done = await run(planned.id);
    expect(done).toMatchObject({ state: 'completedWithErrors', changedSincePlan: 1 });
    expect(done.counters).toEqual(done.plan);
    const { items: reps } = await imports.ask<ImportRepPage>('GET', `/imports/${done.id}/reps`);
    expect(reps.map(({ changedSincePlan }) => changedSincePlan)).toEqual([1]);
    const [row, ...more] = await rowsOf(done.id, 'changedSincePlan=true');
    expect(row).toMatchObject({ row: 3, outcome: 'updated', changedSincePlan: true, planned: change('Benno') });
    expect(row?.changes).toEqual(change('Bernd').changes);
    expect(more).toEqual([]);
    const others = await rowsOf(done.id, 'changedSincePlan=false');
    expect(others.map(({ row: no, planned: shown }) => [no, shown])).toEqual([2, 4, 5].map((no) => [no, null]));
    const file = await (await imports.send('GET', `/imports/${done.id}/results?outcome=successful&language=en`)).text();
    const [header, ...lines] = file.trimEnd().split('\r\n');
    expect(header?.split(',').at(-1)).toBe('Plan showed');
    expect(lines.map((line) => line.split(',').at(-1))).toEqual(['', 'Updated: Name: Benno → Ben', '']);
  });

  it('says nothing of the kind where all is as it was shown, and its files are as ever', async () => {
    owners.decide = () => ({ outcome: 'created' });
    const planned = await imports.importFile(FILE, customersConfiguration(), 'plan');
    const done = await run(planned.id);
    expect(done.changedSincePlan).toBe(0);
    expect(await rowsOf(done.id, 'changedSincePlan=true')).toEqual([]);
    const file = await (await imports.send('GET', `/imports/${done.id}/results?outcome=successful&language=en`)).text();
    expect(file.split('\r\n')[0]).toBe('Id,Name,Rep,Row,Outcome,Record id');
  });

  it('has nothing to say where no plan was made, or somebody made it void', async () => {
    owners.decide = renamedMeanwhile;
    const staged = await imports.importFile(FILE, customersConfiguration());
    expect((await run(staged.id)).changedSincePlan).toBeNull();
    const planned = await imports.importFile(FILE, customersConfiguration(), 'plan');
    await imports.ask('PATCH', `/imports/${planned.id}/assignment`, {}, { 'if-match': '*' });
    const done = await run(planned.id);
    expect([done.changedSincePlan, await rowsOf(done.id, 'changedSincePlan=true')]).toEqual([null, []]);
  });

  it('counts rows whose rep is somebody else, or nobody, by the time of the run', async () => {
    owners.decide = (_row, _order, { externalId }) =>
      externalId === '3' ? { outcome: 'invalid' } : { outcome: 'created' };
    const other = 'hired-meanwhile@example.com';
    const file = `${FILE}5,Dan,${other}\r\n6,Eve,${other}\r\n`;
    const planned = await imports.importFile(file, customersConfiguration(), 'plan');
    expect(planned.plan).toMatchObject({ created: 2, invalid: 4 });
    imports.service.answer(resolveReps, ({ values }) => ({
      ...{ caseOnly: [], notNamed: [] },
      found: values
        .filter((value) => value === other)
        .map((value) => ({
          ...{ value, userId: 'b'.repeat(32), displayName: 'Other', email: value, employeeNumber: null },
          ...{ hasOwnSchedule: true, loginEnabled: true },
        })),
    }));
    const done = await run(planned.id);
    expect(done).toMatchObject({ counters: { created: 2, invalid: 4 }, changedSincePlan: 4 });
    const rows = await rowsOf(done.id, 'changedSincePlan=true');
    expect(rows.map(({ row, outcome, planned: shown }) => [row, shown?.outcome, outcome])).toEqual([
      [2, 'created', 'invalid'],
      [3, 'created', 'invalid'],
      [6, 'invalid', 'created'],
      [7, 'invalid', 'created'],
    ]);
  });
});
