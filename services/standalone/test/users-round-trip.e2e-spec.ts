import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USER } from '@muster/import-model';
import { newCompany, run, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { csv } from './tables.js';
import { NO_TRACES, tracesOf } from './traces.js';

const USERS = 5_000;
/** The administrator and two reps, whom the company begins with. */
const OTHERS = 3;

/** Given by the system, and what is asked for once. */
const NOT_KEPT = new Set(['id', 'notify']);
const FIELDS = USER.fields.map(({ id }) => id).filter((id) => !NOT_KEPT.has(id));

/** A value in every field of an account. */
function cellsOf(n: number): string[] {
  const text = ['\'x; "A"', '007', '-5', 'Größe 😀', '1.5', '2026-03-14', '=1+1'][n % 7] ?? '';
  const cells: Record<string, string> = {
    employeeNumber: String(n).padStart(6, '0'),
    ...{ email: `user${n}@example.com`, username: `user.${n}`, displayName: `Öz, Änne ${n}`, title: 'Dr.' },
    ...{ firstName: `Änne ${n}`, lastName: `Öz "${n}"`, mobile: `+43 664 ${1_000_000 + n}`, phone: '0316/80 (50)' },
    ...{ language: n % 2 ? 'de' : 'en', authorizationLevel: String(n % 2), hasOwnSchedule: 'nein' },
    ...{ userGroups: n % 2 ? 'Nord;Süd' : 'Süd', loginEnabled: n % 5 ? 'ja' : 'nein', note: `${text}\nZeile 2` },
    ...{ 'home.street': text, 'home.postalCode': '01067', 'home.city': text, 'home.state': text, 'home.country': 'DE' },
    ...{ 'home.latitude': '47.07070707070707', 'home.longitude': `-${n % 180}.25` },
    ...{ 'workBreak.mode': 'flexible', 'workBreak.from': '12:00', 'workBreak.to': '13:30', 'workBreak.minutes': '30' },
    ...{ 'overnight.days': String(n % 7), 'overnight.minDistance': '100', 'overnight.minMinutes': '90' },
    ...{ 'overnight.maxTravelMinutes': '600', 'drivingSpeed.city': '-50', 'drivingSpeed.country': '0' },
    ...{ 'drivingSpeed.highway': '50', 'defaults.callInterval': '28', 'defaults.callDuration': '45' },
    ...{ 'defaults.businessHours': 'Mo-Fr 08:00-12:00', uprn: String(n).padStart(12, '0'), dateOfBirth: '1980-05-17' },
    ...{ customerType: text, taxIdentifier: text, gender: 'prefer_not_to_say', accessLevel: text },
    ...{ roles: 'tenant;keyholder', roleOptions: 'Sys_Admin' },
  };
  for (const day of ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) {
    cells[`workingHours.${day}.from`] = day === 'sun' ? 'closed' : '08:30';
    cells[`workingHours.${day}.to`] = day === 'sun' ? 'closed' : '17:00';
  }
  return FIELDS.map((field) => cells[field] ?? '');
}

describe('5,000 accounts with every field', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, OTHERS - 1);
  });
  afterAll(() => system?.stop());

  const get = async (path: string) =>
    fetch(`${system.url}/v1/${path}`, { headers: { authorization: `Bearer ${tenant.token}` } });

  it('are created by a file', async () => {
    const rows = Array.from({ length: USERS }, (_, n) => cellsOf(n));
    // None was forgotten above.
    expect(rows.flatMap((cells) => FIELDS.filter((_field, i) => cells[i] === ''))).toEqual([]);
    const mappings = FIELDS.map((field) => ({ SourceFieldID: field, TargetFieldID: field }));
    const options = { unknownGroups: 'create' };
    const configuration = { formatVersion: 1, entity: 'user', mode: 'upsert', mappings, options };
    const done = await run(system, tenant, { file: csv([FIELDS, ...rows]), fileName: 'users.csv', configuration });
    const invalid = await get(`imports/${done.id}/rows?outcome=invalid&limit=3`);
    expect(((await invalid.json()) as { items: object[] }).items).toEqual([]);
    expect(done).toMatchObject({ state: 'completed', counters: { read: USERS, created: USERS } });
    const { changes, audits, events } = await tracesOf(system.adminUrl, done.id);
    expect([changes, audits, events].every((some) => some >= USERS)).toBe(true);
  });

  it.each(
    (['de', 'en'] as const).flatMap((language) => ['csv', 'xlsx', 'ods'].map((format) => [format, language] as const)),
  )('exported as %s in %s and imported again: all unchanged, no event, no entry', async (format, language) => {
    const file = new Uint8Array(await (await get(`users/export?format=${format}&language=${language}`)).arrayBuffer());
    const template = await get(`import-schema/user/configuration-template?language=${language}`);
    const { mappings, ...rest } = (await template.json()) as { mappings: { TargetFieldID: string }[] };
    const kept = mappings.filter(({ TargetFieldID }) => TargetFieldID !== 'notify');
    expect(kept).toHaveLength(FIELDS.length + 1);
    const configuration = { ...rest, mappings: kept };
    const done = await run(system, tenant, { file, fileName: `users.${format}`, configuration });
    expect(done).toMatchObject({
      ...{ state: 'completed', counters: { read: USERS + OTHERS, unchanged: USERS + OTHERS } },
    });
    expect(await tracesOf(system.adminUrl, done.id)).toEqual(NO_TRACES);
  });
});
