import { describe, expect, it } from 'vitest';
import { announcedDelimiter, recogniseDelimiter } from './recognise-delimiter.js';
import { recogniseQuote } from './recognise-quote.js';
import { countEffort } from '../test-support/effort.js';

const many = (header: string, ...lines: string[]) => `${header}\n${`${lines.join('\n')}\n`.repeat(20)}`;

describe('delimiter', () => {
  it.each<[string, string, string]>([
    ['semicolons', ';', 'a;b,c;d\n1;2,5;3\n4;5,5;6'],
    ['commas', ',', 'a,b,c\n"x;y;z;u",2,3\n4,5,6'],
    ['tabs', '\t', 'a\tb\n1,2;3\t4\n'],
    ['pipes', '|', 'a|b\n1|2\n'],
    ['one line', ';', 'Nr;Name;Ort'],
    ['decimal commas', ';', many('Preis;Menge', '1,5;2,5', '0,99;10,0')],
    ['decimal commas in every cell, no header', ';', '1,5;2,5\n0,99;10,0\n'.repeat(20)],
    ['decimal commas between tabs', '\t', many('a\tb\tc', '1,5\t2,5\t3,5', '1.234,50\t2\t3,1')],
    ['decimal commas between pipes', '|', many('a|b', '1,5|2,5')],
    ['decimal commas in quotes', ',', many('"a","b","c"', '"1,5","1.234,56","31.12.2024"')],
    ['addresses', ';', 'Umsatz;Ort\n1.000,00;Wien, AT\n2.000,00;Graz\n3,5;Linz'],
    ['addresses with commas in every row', ';', many('Name;Adresse', 'Anna;Hauptstr. 1, 1010 Wien, Austria', 'Bert;Ring 2, 8010 Graz, Austria')],
    ['lists with semicolons in cells', ',', many('id,tags,n', '1,a; b; c,5', '2,d; e,6')],
    ['quoted cells with every delimiter', ';', many('a;b', '"x,y|z\tu";"1"', '"u,v|w\tz";"2"')],
    ['quoted line breaks', ';', '"a";"b"\n"x,y\nz";"1"\n"u,v";"2"'],
    ['a title above', ';', 'Kunden, Stand 1. Jänner, alle\n\nNr;Name;Ort\n1;A;X\n2;B;Y\n'],
    ['ragged rows', ',', 'foo,bar,baz\n1,2\n1,2,3,4\n'],
    ['times and dates', ',', many('when,who', '2024-01-01T10:00:00,Anna', '2024-01-02 11:30:00,Bert')],
    ['a single column', ',', 'a\n1\n2\n'],
    ['a single column of addresses', ';', 'Adresse\nHauptstr. 1\nRing 2, 8010 Graz\nGraben 3\nMarkt 4\n'],
    ['a single column of addresses in every row', ';', 'Adresse\nHauptstr. 1, 1010 Wien\nRing 2, 8010 Graz\n'],
    ['a single column with quoted cells too many in a row', ';', 'a\n1\n2\n"3";"4"\n5\n'],
    ['a single column of lists', '\t', 'Notiz\nrot, blau\ngelb; grün\nweiß\nschwarz\ngrau\n'],
    ['mail addresses, two in one cell', ',', 'E-Mail\na@x.at\nb@x.at;c@x.at\nd@x.at\ne@x.at\n'],
    ['nothing', ',', ''],
  ])('%s: %j', (_name, delimiter, text) => {
    expect(recogniseDelimiter(text, '"', true)).toBe(delimiter);
  }); // prettier-ignore

  it('finds it in a record that is longer than what there is of the text', () => {
    expect(recogniseDelimiter('aaa;bbb;ccc', '"', false)).toBe(';');
  });

  it('is quick with two thousand columns', () => {
    const line = Array.from({ length: 2_000 }, (_, i) => `column ${i}`).join(';');
    const effort = countEffort();
    expect(recogniseDelimiter(`${line}\n`.repeat(20), '"', true)).toBe(';');
    expect(effort()).toBeLessThan(3_000);
  });

  it.each<[string, string | undefined]>([
    ['sep=;\na,b', ';'],
    ['sep=\t\r\na', '\t'],
    ['SEP=|', '|'],
    ['"sep=,"\na', ','],
    ['sep=;;;;\na', ';'],
    ['sep=;x\na', undefined],
    ['separator;b\n', undefined],
    ['\nsep=;\n', undefined],
  ])('%j announces %j', (text, delimiter) => {
    expect(announcedDelimiter(text)).toBe(delimiter);
  });

  it('does not search a long line for one', () => {
    expect(announcedDelimiter(`sep=${' '.repeat(200_000)}x`)).toBeUndefined();
  });
});

it.each<[string, string]>([
  ["'a';'b'\n'x;y';'2'\n", "'"],
  ["'a;b\n1;2\n", '"'],
  [`'a';"b"\n`, '"'],
  ['a;b\n', '"'],
])('%j: quote %s', (text, quote) => {
  expect(recogniseQuote(text)).toBe(quote);
});
