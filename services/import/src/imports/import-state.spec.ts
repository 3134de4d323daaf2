import { describe, expect, it } from 'vitest';
import { initialCounters } from './counters.js';
import { allows, commandsOf, finalStateOf, IMPORT_STATES, isFinal, mayResume } from './import-state.js';

const counters = (change: object) => ({ ...initialCounters(0), ...change });

describe('finalStateOf', () => {
  it.each([
    ['all is well', { created: 5 }, 'atEnd', 'completed'],
    ['ignored rows are no errors', { created: 5, ignored: 2 }, 'atEnd', 'completed'],
    ['a row is invalid', { created: 5, invalid: 1 }, 'atEnd', 'completedWithErrors'],
    ['a row failed', { created: 5, failed: 1 }, 'atEnd', 'completedWithErrors'],
    ['aborted with rows left', { created: 5, unprocessed: 1 }, 'aborted', 'aborted'],
    ['aborted, but the last chunk had been sent', { created: 5 }, 'aborted', 'completed'],
    ['stopped for its errors with rows left', { invalid: 5, unprocessed: 1 }, 'stopped', 'aborted'],
    ['stopped for its errors, but the last chunk had been sent', { created: 5, failed: 1 }, 'stopped', 'aborted'],
    ['the owner refused', { created: 5, unprocessed: 1 }, 'refused', 'failed'],
  ] as const)('%s', (_name, change, ended, expected) => {
    expect(finalStateOf(counters(change), ended)).toBe(expected);
  });
});

describe('commands', () => {
  it('lets nothing but a resume happen to an import that has ended', () => {
    for (const state of IMPORT_STATES.filter(isFinal)) {
      expect(commandsOf(state).every((command) => command === 'resume')).toBe(true);
    }
  });

  it.each([
    ['running', 'run', false],
    ['running', 'abort', true],
    ['staged', 'run', true],
    ['draft', 'resume', false],
    ['aborted', 'resume', true],
    ['completed', 'resume', false],
  ] as const)('%s, %s: %s', (state, command, expected) => {
    expect(allows(state, command)).toBe(expected);
  });
});

describe('mayResume', () => {
  const startedAt = new Date();
  const refused = { code: 'rows_invalid' };
  it.each([
    ['aborted while it ran', { state: 'aborted', startedAt, problem: null }, true],
    ['stopped by the owner while it ran', { state: 'failed', startedAt, problem: { code: 'internal_error' } }, true],
    ['aborted while it was staged', { state: 'aborted', startedAt: null, problem: null }, false],
    ['failed before it ran', { state: 'failed', startedAt: null, problem: { code: 'no_known_rep' } }, false],
    ['refused because rows are invalid', { state: 'failed', startedAt, problem: refused }, false],
    ['still running', { state: 'running', startedAt, problem: null }, false],
    ['completed', { state: 'completed', startedAt, problem: null }, false],
  ] as const)('%s', (_name, job, expected) => {
    expect(mayResume(job)).toBe(expected);
  });
});
