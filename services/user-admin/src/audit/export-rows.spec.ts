import { describe, expect, it } from 'vitest';
import { localTimeOf } from '@muster/platform';
import { AUDIT_ACTIONS, SUBJECT_KINDS, type AuditEntry, type AuditValue } from './audit-entry.js';
import { actionText, kindText } from './audit-texts.js';
import { exportColumns, exportRows, groupsOf, valueText } from './export-rows.js';

const entry: AuditEntry = {
  id: '01a208abcff7758fa080549663bd091e',
  at: new Date('2026-11-23T23:30:07.351Z'),
  actor: 'user:01a208abcfba72c79c0ed7f939737486',
  cause: 'import:01a208abd0137c27ba950b1e2bf7e745',
  action: 'changed',
  subjectKind: 'user',
  subjectId: '01a208abcfbf70a089dcde87cc9d3eb7',
  subjectLabel: 'Rita Rep',
  changes: [
    { field: 'loginEnabled', from: true, to: false },
    { field: 'password', secret: 'set' },
  ],
};
const graz = '01a208abd0137c27ba950b1e2bf7e745';
const names = { actors: new Map([[entry.actor, 'Ada Admin']]), groups: new Map([[graz, 'Team Graz']]) };
const reader = { language: 'de', localTime: localTimeOf('Europe/Vienna') } as const;

describe('the rows of an export', () => {
  it('are one for each field, in the time of the company and the language of the reader', () => {
    const common = [
      { text: '2026-11-24T00:30:07', kind: 'dateTime' },
      'Ada Admin',
      entry.actor,
      'Import 01a208abd0137c27ba950b1e2bf7e745',
      entry.cause,
      'Geändert',
      'Benutzerkonto',
      'Rita Rep',
      entry.subjectId,
    ];
    expect(exportRows(entry, names, reader)).toEqual([
      [...common, 'Anmeldung erlaubt', 'ja', 'nein'],
      [...common, 'Passwort', null, '(gesetzt)'],
    ]);
  });

  it('call groups by their names, and those that are gone by their ids', () => {
    const change = { field: 'userGroups', from: [], to: [graz, entry.subjectId] };
    expect(exportRows({ ...entry, changes: [change] }, names, reader)[0]?.slice(-3)).toEqual([
      'Benutzergruppen',
      '',
      `Team Graz; ${entry.subjectId}`,
    ]);
    expect(groupsOf([{ ...entry, changes: [change] }, entry])).toEqual([graz, entry.subjectId]);
  });

  it('are one without fields, and as wide as the header', () => {
    const rows = exportRows({ ...entry, action: 'signed-in', changes: [] }, names, reader);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveLength(exportColumns('de', 'Europe/Vienna').length);
  });

  it.each([
    ['user:01a208abcfbf70a089dcde87cc9d3eb7', 'Person 01a208abcfbf70a089dcde87cc9d3eb7'],
    ['operator:01a208abcfba72c79c0ed7f939737486', 'Betreiber 01a208abcfba72c79c0ed7f939737486'],
    ['system', 'System'],
  ])('name %s, whom nobody knows, %s', (actor, who) => {
    expect(exportRows({ ...entry, actor }, names, reader)[0]?.[1]).toBe(who);
  });

  it.each<[AuditValue, string]>([
    [null, ''],
    [false, 'no'],
    [0, '0'],
    ['007', '007'],
    [['a', 'b'], 'a; b'],
    [{ a: 1 }, '{"a":1}'],
  ])('show %j as "%s"', (value, text) => expect(valueText(value, 'en')).toBe(text));
});

it.each([
  ['America/New_York', '2026-11-23T18:30:07'],
  ['Asia/Kathmandu', '2026-11-24T05:15:07'],
])('the time of %s is its own', (zone, text) => expect(localTimeOf(zone)(entry.at)).toBe(text));

it('every action and kind has a word', () => {
  for (const action of AUDIT_ACTIONS) expect(actionText(action, 'de')).not.toBe(action);
  for (const kind of SUBJECT_KINDS) expect(kindText(kind, 'de')).not.toBe(kind);
});
