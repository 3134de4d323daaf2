import { describe, expect, it } from 'vitest';
import { nightAt } from './night-window.js';

const VIENNA = 'Europe/Vienna';

describe('the night', () => {
  it.each<[string, string, string, string, string, string, string]>([
    ['is the one that is to come', '01:00', '05:00', VIENNA, '2026-01-14T12:00Z', '2026-01-15T00:00Z', '2026-01-15T04:00Z'],
    ['is this one', '01:00', '05:00', VIENNA, '2026-01-15T03:59:59Z', '2026-01-15T00:00Z', '2026-01-15T04:00Z'],
    ['is the next one from its end on', '01:00', '05:00', VIENNA, '2026-01-15T04:00Z', '2026-01-16T00:00Z', '2026-01-16T04:00Z'],
    ['may begin before midnight', '22:00', '05:00', VIENNA, '2026-01-14T22:30Z', '2026-01-14T21:00Z', '2026-01-15T04:00Z'],
    ['goes on after midnight', '22:00', '05:00', VIENNA, '2026-01-15T03:00Z', '2026-01-14T21:00Z', '2026-01-15T04:00Z'],
    ['is shorter when clocks go forward', '01:00', '05:00', VIENNA, '2026-03-28T12:00Z', '2026-03-29T00:00Z', '2026-03-29T03:00Z'],
    ['is longer when they go back', '01:00', '05:00', VIENNA, '2026-10-24T12:00Z', '2026-10-24T23:00Z', '2026-10-25T04:00Z'],
    ['begins later when its hour is left out', '02:15', '05:00', VIENNA, '2026-03-28T12:00Z', '2026-03-29T01:15Z', '2026-03-29T03:00Z'],
    ['is not left out with its hour', '02:00', '03:00', VIENNA, '2026-03-28T12:00Z', '2026-03-29T01:00Z', '2026-03-29T02:00Z'],
    ['nor where clocks skip past its end', '02:30', '03:15', VIENNA, '2026-03-28T12:00Z', '2026-03-29T01:30Z', '2026-03-29T02:15Z'],
    ['is that of the zone', '01:00', '05:00', 'America/New_York', '2026-01-15T09:59Z', '2026-01-15T06:00Z', '2026-01-15T10:00Z'],
    ['is that of a zone far ahead', '01:00', '05:00', 'Pacific/Kiritimati', '2026-01-14T10:30Z', '2026-01-14T11:00Z', '2026-01-14T15:00Z'],
    ['lasts all day but for a minute', '05:00', '04:59', 'UTC', '2026-01-15T04:30Z', '2026-01-14T05:00Z', '2026-01-15T04:59Z'],
  ])('%s', (_name, from, to, zone, now, start, end) => {
    expect(nightAt(new Date(now), { from, to }, zone)).toEqual({ start: new Date(start), end: new Date(end) });
  }); // prettier-ignore
});
