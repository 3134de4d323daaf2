import { describe, expect, it } from 'vitest';
import { builtInFormat } from './built-in-formats.js';
import { parseNumberFormat } from './number-format.js';
import { countEffort } from '../test-support/effort.js';

describe('parseNumberFormat', () => {
  it.each([
    ['General', 'number'],
    ['Standard', 'number'],
    ['G/通用格式', 'number'],
    ['_-* #,##0.00\\ _D_M_-;\\-* #,##0.00\\ _D_M_-', 'number'],
    ['0', 'number'],
    ['#,##0.00', 'number'],
    ['0.00E+00', 'number'],
    ['##0.0e-0', 'number'],
    ['# ?/?', 'number'],
    ['@', 'number'],
    ['', 'number'],
    ['#,##0.00 "€"', 'number'],
    ['#,##0.00\\ [$€-407]', 'number'],
    ['[$CHF-807] #,##0', 'number'],
    ['[Red]#,##0', 'number'],
    ['[Rot][>100]0', 'number'],
    ['"days" 0', 'number'],
    ['0 "Tag(e) dd.mm.yyyy"', 'number'],
    ['0\\d', 'number'],
    ['0_d', 'number'],
    ['*d0', 'number'],
    ['0 Std', 'number'],
    ['00000', 'number'],
    ['"Ja";"Ja";"Nein"', 'number'],
    ['0%', 'percent'],
    ['0.00\\ %', 'percent'],
    ['0"%"', 'number'],
    ['dd.mm.yyyy', 'date'],
    ['DD/MM/YYYY', 'date'],
    ['m/d/yy', 'date'],
    ['mmm', 'date'],
    ['mmmm yyyy', 'date'],
    ['yyyy', 'date'],
    ['d', 'date'],
    ['[$-407]dddd, d. mmmm yyyy', 'date'],
    ['[$-407]TT.MM.JJJJ', 'date'],
    ['[$-40C]jj/mm/aaaa', 'date'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date'],
    ['[$-411]ggge"年"m"月"d"日"', 'date'],
    ['yyyy"年"m"月"d"日"', 'date'],
    ['[$-804]aaaa', 'date'],
    ['dd\\-mm\\-yyyy;@', 'date'],
    ['[$-409]d\\-mmm\\-yy;@', 'date'],
    ['[ENG][$-409]d\\ mmm', 'date'],
    ['yyyy\\-mm\\-dd\\Thh:mm:ss', 'dateTime'],
    ['dd.mm.yyyy hh:mm', 'dateTime'],
    ['m/d/yy h:mm', 'dateTime'],
    ['d "um" h', 'dateTime'],
    ['h:mm', 'time'],
    ['hh:mm:ss', 'time'],
    ['h:mm AM/PM', 'time'],
    ['h:mm:ss a/p', 'time'],
    ['[$-F400]h:mm:ss\\ AM/PM', 'time'],
    ['mm:ss', 'time'],
    ['mm:ss.0', 'time'],
    ['hh:mm:ss.000', 'time'],
    ['hh:mm:ss\\.000', 'time'],
    ['ss', 'time'],
    ['[h]:mm', 'duration'],
    ['[HH]:MM:SS', 'duration'],
    ['[mm]:ss', 'duration'],
    ['[s].00', 'duration'],
    ['[hh]" Std."', 'duration'],
  ])('%s is %s', (code, kind) => {
    expect(parseNumberFormat(code).kindOf(1)).toBe(kind);
  });

  it.each<[code: string, ...values: [value: number, kind: string][]]>([
    ['dd.mm.yyyy;0;"-"', [1, 'date'], [-1, 'number'], [0, 'number']],
    ['0;[Red]0%', [1, 'number'], [-1, 'percent'], [0, 'number']],
    ['[<1]h:mm;dd.mm.yyyy', [0.5, 'time'], [45_000, 'date'], [1, 'date']],
    ['[>=100]0;[<0]0%;h:mm', [100, 'number'], [-1, 'percent'], [0.5, 'time']],
    ['[=0]"";dd.mm.yyyy', [0, 'number'], [45_000, 'date'], [-5, 'date']],
    ['[<>5]0;d', [5, 'date'], [6, 'number'], [0, 'number']],
    ['0;[<=-10]d;0%', [1, 'number'], [-10, 'date'], [-9, 'percent']],
  ])('%s by section', (code, ...values) => {
    const format = parseNumberFormat(code);
    expect(format.kind).toBeUndefined();
    for (const [value, kind] of values) expect(format.kindOf(value)).toBe(kind);
  });

  it('takes its time with nothing', () => {
    const effort = countEffort();
    for (const code of ['['.repeat(1e6), '"'.repeat(1e6), '\\'.repeat(1e6), 'm'.repeat(1e6), 's.0'.repeat(1e6)]) {
      parseNumberFormat(code);
    }
    expect(effort()).toBeLessThan(3_000);
  });
});

describe('builtInFormat', () => {
  it.each([
    [0, 'number'],
    [2, 'number'],
    [9, 'percent'],
    [10, 'percent'],
    [11, 'number'],
    [14, 'date'],
    [17, 'date'],
    [18, 'time'],
    [21, 'time'],
    [22, 'dateTime'],
    [27, 'date'],
    [32, 'time'],
    [36, 'date'],
    [37, 'number'],
    [44, 'number'],
    [45, 'time'],
    [46, 'duration'],
    [47, 'time'],
    [49, 'number'],
    [50, 'date'],
    [58, 'date'],
    [5000, 'number'],
  ])('%d is %s', (id, kind) => {
    expect(builtInFormat(id).kindOf(45_000.5)).toBe(kind);
  });

  it('tells dates of one language from times of another by the value', () => {
    expect(builtInFormat(55).kindOf(0.5)).toBe('time');
    expect(builtInFormat(55).kindOf(45_000)).toBe('date');
  });
});
