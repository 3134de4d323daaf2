import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message, type ChunkOptions, type RowAnswer } from '@muster/contracts';
import { fieldOf, ROW_PROBLEMS, USER } from '@muster/import-model';
import { newId } from '@muster/persistence';
import { MOST_GROUPS } from '../groups/group-name.js';
import { AccountChunkTestbed, key, overwrite, type Cell } from '../test-support/account-chunks.js';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';

const TEXTS = new Map(Object.entries(ROW_PROBLEMS));
const NAMES = ['firstName', 'lastName'].map((field) => overwrite(field));
const bob: Cell[] = ['bob@example.com', 'Bob', 'Huber'];

/** `outcome, code field: English / German`. */
function texts({ outcome, problems = [] }: Partial<RowAnswer> = {}): string {
  const all = problems.map(({ code, field, params = {} }) => {
    const text = TEXTS.get(code);
    const [en, de] = text ? (['en', 'de'] as const).map((language) => message(text, params, language)) : [];
    return `${code} ${field}: ${en} / ${de}`;
  });
  return [outcome, ...all].join(', ');
}

/** Rows whose codes only somebody can give who knows the accounts, and what people read then. */
describe('the codes of rows about accounts', () => {
  let bed: AccountChunkTestbed;
  let of: Awaited<ReturnType<AccountChunkTestbed['company']>>;

  beforeAll(async () => {
    bed = await AccountChunkTestbed.start();
    of = await bed.company({ licences: 2 });
    const columns = [key('email'), ...NAMES, ...['employeeNumber', 'hasOwnSchedule'].map((field) => overwrite(field))];
    const anna: Cell[] = ['anna@example.com', 'Anna', 'Berger', '007', true];
    const carl: Cell[] = ['carl@example.com', 'Carl', 'Maier', '0011', true];
    const made = await bed.handle(bed.order(of, [anna, [...bob, '0010', false], carl], { columns }));
    if (made.answers.some(({ outcome }) => outcome !== 'created')) throw new Error(JSON.stringify(made.answers));
    const portal = { kind: 'portal', displayName: 'Pia', email: 'pia@example.com', hasOwnSchedule: undefined };
    await bed.admin.createUser(of.token, { ...portal, firstName: undefined, lastName: undefined });
    const list = { codes: ['GOLD', 'SILVER'].map((code) => ({ code, labels: { en: code, de: code } })) };
    const put = { token: of.token, json: list, headers: { 'if-match': '*' } };
    const { status, body } = await bed.admin.call('PUT', '/v1/code-lists/access-levels', put);
    if (status !== 200) throw new Error(JSON.stringify(body));
  });
  afterAll(() => bed?.admin.service.stop());

  /** What a plan says of one row. */
  async function said(fields: readonly string[], row: readonly Cell[], options: ChunkOptions = {}): Promise<string> {
    const columns = [key('email'), ...fields.map((field) => overwrite(field))];
    const { answers } = await bed.handle(
      bed.order(of, [[...row]], { columns, options, dryRun: true, restorePointId: null }),
    );
    return texts(answers[0]);
  }

  it.each<[field: string, cell: Cell, expected: string]>([
    ['userGroups', 'Ost', 'invalid, unknown_group userGroups: There is no user group "Ost". / Es gibt keine Benutzergruppe „Ost“.'],
    ['accessLevel', 'SILVR', 'invalid, unknown_code accessLevel: "SILVR" is none of the values of this field. Did you mean "SILVER"? Allowed: GOLD, SILVER. / „SILVR“ ist keiner der Werte dieses Feldes. Meinten Sie „SILVER“? Erlaubt: GOLD, SILVER.'],
    ['accessLevel', 'Platinum', 'invalid, unknown_code accessLevel: "Platinum" is none of the values of this field. Allowed: GOLD, SILVER. / „Platinum“ ist keiner der Werte dieses Feldes. Erlaubt: GOLD, SILVER.'],
    ['mobile', '+()', 'invalid, phone_characters mobile: A phone number has digits, blanks and + ( ) - / only. / Eine Telefonnummer hat nur Ziffern, Leerzeichen und + ( ) - /.'],
    ['mobile', '12', 'updated, phone_not_international mobile: The number is kept as it is, but gives no international number; nobody can be sent an SMS there. / Die Nummer bleibt, wie sie ist, ergibt aber keine internationale Nummer; SMS sind dorthin nicht möglich.'],
    ['dateOfBirth', '2999-01-01', 'invalid, date_not_past dateOfBirth: The date must lie in the past. / Das Datum muss in der Vergangenheit liegen.'],
    ['dateOfBirth', '0980-01-01', 'invalid, invalid_format dateOfBirth: The date is too long ago. Check its year. / Das Datum liegt zu weit zurück. Prüfen Sie das Jahr.'],
    ['workingHours.mon.from', '08:00', 'invalid, times_incomplete workingHours.mon.to: Beginning and end go together: give both or neither. / Beginn und Ende gehören zusammen: Geben Sie beide an oder keines.'],
  ])('%s %s: %s', async (field, cell, expected) => {
    expect(await said([...NAMES.map((name) => name.field), field], [...bob, cell])).toBe(expected);
  }); // prettier-ignore

  it('unknown_group, with the group of the company that may be meant', async () => {
    const [mine, other] = [await bed.company(), await bed.company()];
    for (const [{ token }, name] of [[mine, 'Vertrieb Nord'], [other, 'Vertrieb Süd']] as const) {
      await bed.admin.call('POST', '/v1/user-groups', { token, json: { name } });
    } // prettier-ignore
    const columns = [key('email'), ...NAMES, overwrite('userGroups')];
    const rows: Cell[][] = ['Vertieb Nord', 'Vertrieb Süd', 'Export'].map((name, i) => [`${i}@example.com`, 'A', 'B', name]);
    const { answers } = await bed.handle(bed.order(mine, rows, { columns }));
    expect(answers.map((answer) => texts(answer))).toEqual([
      'invalid, unknown_group userGroups: There is no user group "Vertieb Nord". Did you mean "Vertrieb Nord"? / Es gibt keine Benutzergruppe „Vertieb Nord“. Meinten Sie „Vertrieb Nord“?',
      expect.stringContaining('"Vertrieb Süd". Did you mean "Vertrieb Nord"?'),
      'invalid, unknown_group userGroups: There is no user group "Export". / Es gibt keine Benutzergruppe „Export“.',
    ]);
  });

  it('times_reversed', async () => {
    const fields = ['workBreak.from', 'workBreak.to'];
    expect(await said(fields, ['bob@example.com', '13:00', '12:00'])).toBe(
      'invalid, times_reversed workBreak.to: The end must be after the beginning. / Das Ende muss nach dem Beginn liegen.',
    );
  });

  // What other rows of the file may give is refused at its end; a plan leaves it to whoever has all of its answers.
  it.each<[field: string, row: readonly Cell[], expected: string]>([
    ['employeeNumber', ['bob@example.com', '007'], 'invalid, value_taken employeeNumber: Another record already has this value, which only one can have. / Ein anderer Datensatz hat diesen Wert bereits, den nur einer haben kann.'],
    ['hasOwnSchedule', ['bob@example.com', true], 'invalid, licence_exceeded hasOwnSchedule: All 2 licences of the company are in use. / Alle 2 Lizenzen der Firma sind in Verwendung.'],
    ['loginEnabled', ['Admin@example.com', false], 'invalid, last_administrator loginEnabled: This is the last active administrator of the company. Make somebody else an administrator first. / Das ist der letzte aktive Administrator der Firma. Machen Sie zuerst jemand anderen zum Administrator.'],
  ])('%s %s, at the end of the file: %s', async (field, row, expected) => {
    const order = { importId: newId(), columns: [key('email'), overwrite(field)] };
    expect((await bed.handle(bed.order(of, [[...row]], order))).postponed).toEqual([2]);
    const answers = await bed.handleAll(bed.order(of, [], { ...order, seq: 1, last: true }), 2);
    expect(texts(answers[1]?.answers[0])).toBe(expected);
  }); // prettier-ignore

  it('key_of_other_kind', async () => {
    expect(await said(['firstName'], ['PIA@example.com', 'Pia'])).toBe(
      'invalid, key_of_other_kind undefined: This value belongs to an account of another kind, such as a portal user, which this import does not touch. / Dieser Wert gehört zu einem Konto anderer Art, etwa eines Portalbenutzers, das dieser Import nicht berührt.',
    );
  });

  it('schedule_removal_not_allowed', async () => {
    expect(await said(['hasOwnSchedule'], ['anna@example.com', false])).toBe(
      'invalid, schedule_removal_not_allowed hasOwnSchedule: Without its own schedule the account would lose its customers, appointments, tasks and reports. The import has to allow that by its option "allowScheduleRemoval". / Ohne eigenen Besuchsplan verlöre das Konto seine Kunden, Termine, Aufgaben und Berichte. Der Import muss das mit seiner Option „allowScheduleRemoval“ erlauben.',
    );
  });

  it('too_many_groups', async () => {
    const options = { unknownGroups: 'create' } as const;
    const columns = [key('email'), ...NAMES, overwrite('hasOwnSchedule'), overwrite('userGroups')];
    const rows = Array.from({ length: MOST_GROUPS / 50 }, (_, row): Cell[] => {
      const groups = Array.from({ length: 50 }, (_one, i) => `g${row * 50 + i}`).join(';');
      return [`many${row}@example.com`, 'A', 'B', false, groups];
    });
    const made = await bed.handle(bed.order(of, rows, { columns, options }));
    expect(made.answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(rows.length);
    expect(await said(['userGroups'], ['bob@example.com', 'Ost'], options)).toBe(
      'invalid, too_many_groups userGroups: The company would have more than 1000 user groups, so "Ost" is not made. / Die Firma hätte mehr als 1000 Benutzergruppen, daher wird „Ost“ nicht angelegt.',
    );
  });
}); // prettier-ignore

it.each(USER.fields.filter(({ readOnly, onlyOnCreation }) => !readOnly && !onlyOnCreation).map(({ id }) => id))(
  '%s has in a file the limits that accounts have, so that its cell is refused where it is read',
  (id) => {
    const limits = (field: { maxLength?: number; maxEntries?: number; min?: number; max?: number } | undefined) => {
      const { maxLength, maxEntries, min, max } = field ?? {};
      return { maxLength, maxEntries, min, max };
    };
    const { maxLength, ...rest } = limits(fieldOf(USER, id));
    const inFile = fieldOf(USER, id)?.type === 'list' && id === 'userGroups' ? { ...rest } : { maxLength, ...rest };
    expect(limits(ACCOUNT_FIELDS.find((field) => field.id === id))).toMatchObject(inFile);
  },
);
