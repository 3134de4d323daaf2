import { describe, expect, it } from 'vitest';
import type { CellKind, SheetRow } from '../table.js';
import { findHeader } from './find-header.js';

/** Lines as rows, `;` between cells; blank lines are no rows. */
function sheet(...lines: string[]): SheetRow[] {
  return lines
    .map((line, i) => ({ row: i + 1, cells: line.split(';') }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

describe('findHeader', () => {
  it.each<[string, string[], headerRow: number, firstDataRow: number]>([
    ['names above figures', ['Nr;Preis', '1;2,5', '2;3'], 1, 2],
    ['names above texts', ['Name;Ort', 'Anna;Wien', 'Bert;Graz'], 1, 2],
    ['names above one row', ['a;b', 'x;y'], 1, 2],
    ['names and nothing else', ['Nr;Name;Ort'], 1, 2],
    ['blank rows above and below', ['', 'a;b', '', '', '1;2'], 2, 5],
    ['a title', ['Kunden 2026;;;', '', 'Rep;Name;City;Notes', '1;2;3;4'], 3, 4],
    ['a title above two columns', ['Kundenliste', 'Nr;Ort', '1;Wien', '2;Graz'], 2, 3],
    ['a title above two columns of texts', ['Kundenliste', '', 'Kürzel;Ort', 'K-01;Wien', 'K-02;Graz', 'K-03;Linz'], 3, 4],
    ['remarks above a narrow table', ['Kunden', 'Stand;01.02.2024', '', 'Nr;Name;Ort', '1;Anna;Wien', '2;Bert;Graz'], 4, 5],
    ['several remarks', ['Report', 'Created;2024-01-01', '', 'Nr;Name;Ort;Land;PLZ', '1;A;B;C;D'], 4, 5],
    ['groups of columns above the names', ['Person;;;;Adresse;;', 'Nr;Vor;Nach;Geb;Str;PLZ;Ort', '1;A;B;01.02.1990;C;1010;D'], 2, 3],
    ['a blank name', ['Nr;;Ort', '1;x;Wien', '2;y;Graz'], 1, 2],
    ['only the first column has a name', ['Name;', 'Anna;1', 'Bert;2'], 1, 2],
    ['years as names', ['Region;2022;2023;2024', 'Wien;100;120;130', 'Graz;90;80;85'], 1, 2],
    ['names above codes', ['Code;Land', 'AT-1;AT', 'DE-2;DE', 'CH-3;CH'], 1, 2],
    ['a first row shorter than the others', ['a;b;c', '1;2;3;x', '4;5;6;y'], 1, 2],
    ['names that stand on each page', ['Name;Ort', 'Anna;Wien', 'Name;Ort', 'Bert;Graz', 'Name;Ort'], 1, 2],
    ['figures only', ['1;2,5', '2;3,5', '3;4,5'], 0, 1],
    ['data from the first row on', ['Anna;17;2024-01-01', 'Bert;18;2024-01-02', 'Cem;19;2024-01-03'], 0, 1],
    ['data from the first row on, below blank rows', ['', '', 'A1;17;01.02.2024', 'B2;18;02.02.2024'], 0, 3],
    ['codes from the first row on', ['AT-1;1', 'AT-2;2', 'AT-3;3'], 0, 1],
  ])('%s', (_name, lines, headerRow, firstDataRow) => {
    expect(findHeader(sheet(...lines))).toMatchObject({ headerRow, firstDataRow });
  }); // prettier-ignore

  it('is surer the more speaks for it', () => {
    const sure = findHeader(sheet('Nr;Preis;Datum', '1;2,5;01.02.2024', '2;3;02.02.2024'));
    const unsure = findHeader(sheet('Name;Ort', 'Anna;Wien', 'Bert;Graz'));
    const none = findHeader(sheet('Anna;17', 'Bert;18'));
    expect(sure.confidence).toBe(1);
    expect(unsure.confidence).toBeLessThan(0.8);
    expect(none.confidence).toBeLessThan(0.9);
    for (const { confidence } of [sure, unsure, none]) expect(confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('goes by the kinds that a file has', () => {
    const row = (n: number, kind: CellKind, ...cells: string[]): SheetRow => ({
      row: n,
      cells,
      kinds: cells.map(() => kind),
    });
    const data = [row(2, 'number', '5', '6'), row(3, 'number', '7', '8')];
    expect(findHeader([row(1, 'text', 'a', 'b'), ...data]).headerRow).toBe(1);
    expect(findHeader([row(1, 'number', '3', '4'), ...data]).headerRow).toBe(0);
  });
});
