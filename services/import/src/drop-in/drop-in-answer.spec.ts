import { describe, expect, it } from 'vitest';
import type { ImportDto } from '../imports/import.dto.js';
import { dropInAnswer, hasSettled, isWaitedFor } from './drop-in-answer.js';
import { patienceOf } from './patience.js';

const OUTCOMES = { created: 4, updated: 3, unchanged: 1, ignored: 0, invalid: 2, failed: 0, unprocessed: 0 };
const COUNTERS = { read: 10, ...OUTCOMES, deactivated: 0, removed: 0 };

function job(state: string, more: Partial<ImportDto> = {}): ImportDto {
  const known = {
    id: 'i1',
    state,
    fileName: 'a.csv',
    counters: COUNTERS,
    plan: null,
    problem: null,
    absentees: null,
    scheduledFor: null,
    warnings: [],
    earlierImports: [],
    configuration: {},
  };
  return { ...known, ...more } as ImportDto;
}

const validateOnly = { configuration: { options: { validateOnly: true } } };

describe('the answer to a drop-in call', () => {
  it('is a summary, in the language asked for', () => {
    expect(dropInAnswer(job('completedWithErrors'), 'en').text).toBe(
      [
        'Import i1: completed with errors',
        'File: a.csv, 10 rows',
        ...['Created: 4', 'Updated: 3', 'Unchanged: 1', 'Ignored: 0', 'Invalid: 2', 'Failed: 0', 'Not processed: 0'],
        'Details: /v1/imports/i1',
        '',
      ].join('\n'),
    );
    expect(dropInAnswer(job('completed'), 'de').text).toContain('Datei: a.csv, 10 Zeilen\nAngelegt: 4\n');
  });

  it('tells of a sync what is gone, beside the rows', () => {
    const absentees = { planned: 7, deactivated: 0, removed: 7, passedOver: [], withheld: null };
    const counters = { ...COUNTERS, removed: 7 };
    const sync = job('completed', { entity: 'customer', absentees, counters });
    expect(dropInAnswer(sync, 'en').text).toContain('Not processed: 0\nAbsent and removed: 7\nDetails');
    const users = job('completed', { entity: 'user', absentees, counters: { ...COUNTERS, deactivated: 3 } });
    expect(dropInAnswer(users, 'de').text).toContain('Nicht verarbeitet: 0\nFehlend und deaktiviert: 3\nEinzelheiten');
  });

  it.each<[string, ImportDto, number]>([
    ['completed', job('completed'), 200],
    ['with errors', job('completedWithErrors'), 200],
    ['stopped by its errors', job('aborted', { problem: { code: 'too_many_errors', detail: 'x' } }), 422],
    ['stopped by somebody', job('aborted'), 409],
    ['left by an assistant', job('paused'), 409],
    ['locked', job('failed', { problem: { code: 'import_running', detail: 'x' } }), 409],
    ['waiting for approval', job('awaitingApproval'), 409],
    ['cancelled by somebody', job('cancelled'), 409],
    ['refused for its file', job('failed', { problem: { code: 'unbalanced_quotes', detail: 'x' } }), 422],
    ['refused as a whole', job('failed', { problem: { code: 'rows_invalid', detail: 'x' } }), 422],
    ['too long', job('failed', { problem: { code: 'too_many_rows', detail: 'x' } }), 413],
    ['checked', job('planned', validateOnly), 200],
    ['still running', job('running'), 202],
    ['planned, and about to run', job('planned'), 202],
    ['waiting for parts', job('draft'), 202],
  ])('%s', (_case, ended, status) => {
    expect(dropInAnswer(ended, 'en').status).toBe(status);
  });

  it('says why nothing was written', () => {
    const problem = { code: 'no_known_rep', detail: 'No row names a rep.' };
    expect(dropInAnswer(job('failed', { problem }), 'en').text).toContain('Reason: No row names a rep. (no_known_rep)');
  });

  it('counts what a check foresees', () => {
    const plan = { ...COUNTERS, created: 9 };
    expect(dropInAnswer(job('planned', { ...validateOnly, plan }), 'en').text).toContain('Created: 9');
  });

  it('begins with the address of an import that goes on', () => {
    expect(dropInAnswer(job('running'), 'de').text).toMatch(/^\/v1\/imports\/i1\nDer Import läuft weiter\./);
  });

  it('says from when on a scheduled one writes', () => {
    const { status, text } = dropInAnswer(job('scheduled', { scheduledFor: new Date('2026-11-24T00:00:00Z') }), 'en');
    expect(status).toBe(202);
    expect(text).toMatch(/^\/v1\/imports\/i1\nThe import writes in the night, from 2026-11-24T00:00:00.000Z on\./);
  });

  it('tells what stopped nothing, and the last import of the same content', () => {
    const warnings = [{ code: 'guard_not_raised', detail: 'The limits stay.' }];
    const earlierImports = [
      { id: 'i0', state: 'completed', createdAt: new Date('2026-11-23T00:00:00Z') },
      { id: 'i-', state: 'failed', createdAt: new Date('2026-11-22T00:00:00Z') },
    ];
    const { text } = dropInAnswer(job('completed', { warnings, earlierImports }), 'de');
    expect(text).toContain('Hinweis: The limits stay. (guard_not_raised)\n');
    expect(text).toContain('des Imports i0 vom 2026-11-23T00:00:00.000Z (abgeschlossen).');
    expect(text).not.toContain('i-');
  });
});

describe('the waiting', () => {
  it.each<[string | undefined, number]>([
    [undefined, 600],
    ['wait=30', 30],
    ['respond-async, wait="5"', 5],
    ['wait=100000', 600],
    ['wait=0', 0],
    ['wait=soon', 600],
    ['await=3', 600],
  ])('%j: %d s', (prefer, seconds) => {
    expect(patienceOf(prefer)).toBe(seconds * 1_000);
  });

  it('ends with the import, or where a person has to do something', () => {
    const settled = ['staging', 'planned', 'running', 'awaitingApproval', 'failed'].filter((state) =>
      hasSettled(job(state)),
    );
    expect(settled).toEqual(['awaitingApproval', 'failed']);
    expect(hasSettled(job('planned', validateOnly))).toBe(true);
  });

  it('ends where it would last until the night', () => {
    expect(isWaitedFor(job('running'))).toBe(true);
    expect(isWaitedFor(job('scheduled'))).toBe(true);
    expect(isWaitedFor(job('scheduled', { scheduledFor: new Date() }))).toBe(false);
    expect(isWaitedFor(job('completed'))).toBe(false);
  });
});
