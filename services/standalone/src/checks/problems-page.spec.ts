import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '@muster/contracts';
import { ROW_PROBLEMS } from '@muster/import-model';
import { VALIDATION_TEXTS } from '@muster/platform';
import { problemsPage } from './problems-page.js';
import { parameterNames, variantsIn, variantsOf } from './text-variants.js';

describe('the forms of a text', () => {
  it.each([
    ['Plain.', [{ when: '', text: 'Plain.' }]],
    ['Of {a} and {b, number}.', [{ when: '', text: 'Of {a} and {b}.' }]],
    ["Braces '{' '}' and {a}.", [{ when: '', text: 'Braces { } and {a}.' }]],
    [
      '{n, plural, =0 {none} one {one of {a}} other {#}}!',
      [
        { when: 'n = =0', text: 'none!' },
        { when: 'n = one', text: 'one of {a}!' },
        { when: 'n = other', text: '{n}!' },
      ],
    ],
    [
      'A{x, select,\n yes {\n {n, plural, one {1} other {# more}}}\n other {}} end.',
      [
        { when: 'x = yes, n = one', text: 'A 1 end.' },
        { when: 'x = yes, n = other', text: 'A {n} more end.' },
        { when: 'x = other', text: 'A end.' },
      ],
    ],
  ])('%j', (text, variants) => {
    expect(variantsIn(text, 'en')).toEqual(variants);
  });

  it('stand side by side in both languages, also one that one of them lacks', () => {
    const texts = { en: '{n, plural, one {x} other {y}}', de: '{n, plural, other {z}}' };
    expect(variantsOf(texts)).toEqual([
      { when: 'n = one', en: 'x', de: '' },
      { when: 'n = other', en: 'y', de: 'z' },
    ]);
  });

  it('say in each choice of one language what the other says without choosing', () => {
    const texts = { en: 'is {x}', de: '{x, select, a {A} other {O}}' };
    expect(variantsOf(texts)).toEqual([
      { when: 'x = a', en: 'is {x}', de: 'A' },
      { when: 'x = other', en: 'is {x}', de: 'O' },
    ]);
  });

  it('name their parameters, those of choices too', () => {
    expect(parameterNames({ en: '{a} {x, select, yes {{b}} other {}}', de: '{c}' })).toEqual(['x', 'a', 'b', 'c']);
  });
});

describe('the page of problem codes', () => {
  const page = problemsPage();
  const lines = page.split('\n').filter((line) => line.startsWith('|'));

  it.each([...new Set([PROBLEMS, ROW_PROBLEMS, VALIDATION_TEXTS].flatMap((codes) => Object.keys(codes)))])(
    'has %s',
    (code) => {
      expect(lines.some((line) => line.startsWith(`| \`${code}\` |`))).toBe(true);
    },
  );

  it('has both languages in every line, and rows as wide as their header', () => {
    for (const line of lines.filter((one) => !one.startsWith('| ---'))) {
      const cells = line.slice(2, -2).split(/ ?(?<!\\)\| ?/);
      expect([5, 6]).toContain(cells.length);
      for (const text of cells.slice(-2)) expect(text.trim(), line).not.toBe('');
    }
  });

  it('leaves no letter of the code’s own language in it', () => {
    expect(page).not.toMatch(/\bplural,|\bselect,|undefined/);
  });
});
