import { it } from 'vitest';
import { parseConfiguration } from '../configuration/parse-configuration.js';
import { compileColumn } from '../values/compile-column.js';
import { field } from '../schema/define-field.js';

it('codes', () => {
  const options = Array.from({ length: 100 }, (_, i) => ({ code: `C${i}`, label: { en: `Option number ${i}`, de: `Auswahl Nummer ${i}` } }));
  const parse = compileColumn(field('x', 'selection', ['X', 'X'], { description: ['', ''], options, example: '' } as never), {}, {});
  const begun = performance.now();
  for (let i = 0; i < 1_000; i++) parse(`Gruppe der Kunde ${i}`);
  console.log('1000 unknown codes ms', performance.now() - begun);
}, 100_000);
it.each([[500, 2_000, 30], [100, 2_000, 95], [20, 900, 32_000]])('columns %i %i %i', (mappings, columns, length) => {
  const headers = Array.from({ length: columns }, (_, i) => `${i} Kundenspalte ${i} `.padEnd(length, 'abcdef'));
  const document = { formatVersion: 1, entity: 'customer', mode: 'create', userMapping: { by: 'email', constant: 'a' },
    mappings: Array.from({ length: mappings }, (_, i) => ({ SourceFieldID: `Spalte ${i} Kunden `.padEnd(Math.min(length, 99), 'xyzuvw'), TargetFieldID: `f${i}` })) };
  const begun = performance.now();
  parseConfiguration(document, headers);
  console.log('configuration ms', mappings, columns, length, performance.now() - begun);
}, 100_000);
