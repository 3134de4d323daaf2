import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import {
  LANGUAGES,
  Problem,
  PROBLEMS,
  type ProblemCode,
  type ProblemDetail,
  type ProblemParams,
  type Texts,
} from '@muster/contracts';
import { message } from './message.js';
import { renderProblem } from './render-problem.js';
import { VALIDATION_TEXTS } from './validation-texts.js';

/** Of elements that are plain text. */
const LITERAL = 0;
type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** Names of the parameters of an ICU text, those in its branches too. */
function parametersOf(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    const kind: number = element.type;
    const own = 'value' in element && kind !== LITERAL ? [element.value] : [];
    const branches =
      'options' in element ? Object.values(element.options).flatMap(({ value }) => parametersOf(value)) : [];
    return [...own, ...branches];
  });
}

function paramsFor(texts: Texts, value: string | number): ProblemParams {
  const names = LANGUAGES.flatMap((language) =>
    parametersOf(new IntlMessageFormat(texts[language], language).getAst()),
  );
  return Object.fromEntries(names.map((name) => [name, value]));
}

const codes = Object.keys(PROBLEMS) as ProblemCode[];

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(codes)('%s renders with its parameters', (code) => {
    for (const value of [1, 1234, 'a value']) {
      const texts = PROBLEMS[code].detail;
      const numeric = /plural/.test(texts[language]);
      const params = paramsFor(texts, numeric && typeof value === 'string' ? 3 : value);
      const rendered = renderProblem(new Problem(code, { params }), language, 'r1');
      expect(rendered).toMatchObject({
        type: `/problems/${code}`,
        status: PROBLEMS[code].status,
        code,
        instance: 'r1',
      });
      expect(rendered.title).not.toBe('');
      expect(rendered.detail).not.toMatch(/[{}]|undefined/);
    }
  });

  it.each(Object.entries(VALIDATION_TEXTS))('%s renders with its parameters', (_code, texts) => {
    const rendered = message(texts, paramsFor(texts, 2), language);
    expect(rendered).not.toMatch(/[{}]/);
    expect(rendered.endsWith('.')).toBe(true);
  });
});

describe('both languages', () => {
  it.each(codes)('%s takes the same parameters', (code) => {
    const { detail } = PROBLEMS[code];
    const [en, de] = LANGUAGES.map((language) =>
      [...new Set(parametersOf(new IntlMessageFormat(detail[language], language).getAst()))].sort(),
    );
    expect(de).toEqual(en);
  });
});

describe('renderProblem', () => {
  it('counts in words', () => {
    const one = new Problem('validation_failed', { params: { count: 1 } });
    const two = new Problem('validation_failed', { params: { count: 2 } });
    expect(renderProblem(one, 'en', '').detail).toBe('One value is not valid; each is listed.');
    expect(renderProblem(two, 'de', '').detail).toBe('2 Werte sind nicht gültig; alle sind aufgeführt.');
  });

  it('gives each place its text: that of its code, in the language, or its own', () => {
    const errors: ProblemDetail[] = [
      { pointer: '/limit', code: 'too_large', params: { limit: 500 } },
      { pointer: '/x', code: 'unknown_property', params: { name: 'x' } },
      { row: 7, column: 'Rep', code: 'rep_not_found', message: 'Fertiger Text' },
    ];
    expect(renderProblem(new Problem('validation_failed', { params: { count: 3 }, errors }), 'de', '').errors).toEqual([
      { pointer: '/limit', code: 'too_large', message: 'Nicht größer als 500.' },
      { pointer: '/x', code: 'unknown_property', message: 'Es gibt keine Eigenschaft „x“.' },
      { row: 7, column: 'Rep', code: 'rep_not_found', message: 'Fertiger Text' },
    ]);
  });

  it('shows values as they are, whatever they look like', () => {
    const problem = new Problem('external_id_taken', { params: { externalId: "<b>{0}</b> ' #" } });
    expect(renderProblem(problem, 'en', '').detail).toContain(`"<b>{0}</b> ' #"`);
  });
});
