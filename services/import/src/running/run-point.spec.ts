import { describe, expect, it } from 'vitest';
import { pointOfRun } from './run-point.js';

const made = new Date('2026-11-23T10:00:00Z');
const at = (time: string) => new Date(`2026-11-23T${time}Z`);

describe('the restore point of a run', () => {
  it.each([
    ['within an hour', '10:59:59', 'first', made],
    ['after an hour', '11:00:00', 'other', at('11:00:00')],
  ])('%s', (_when, now, runPointId, runPointAt) => {
    const before = { runPointId: 'first', runPointAt: made };
    expect(pointOfRun(before, at(now), 'other')).toEqual({ runPointId, runPointAt });
  });

  it('is made for the first', () => {
    const before = { runPointId: null, runPointAt: null };
    expect(pointOfRun(before, made, 'other')).toEqual({ runPointId: 'other', runPointAt: made });
  });
});
