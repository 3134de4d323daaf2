import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import {
  allElements,
  ELEMENTS,
  kindOf,
  LANGUAGES,
  message,
  Problem,
  PROBLEMS,
  type ProblemCode,
  type ProblemDetail,
  type ProblemParams,
  type TextElement,
  type Texts,
} from '@muster/contracts';
import { detailMessage } from './detail-message.js';
import { renderProblem } from './render-problem.js';
import { VALIDATION_TEXTS } from './validation-texts.js';

/** Names of the parameters of an ICU text, those in its branches too. */
function parametersOf(elements: readonly TextElement[]): string[] {
  return allElements(elements).flatMap((element) =>
    'value' in element && kindOf(element) !== ELEMENTS.literal ? [element.value] : [],
  );
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

  it.each([
    ['unknown_property', { name: 'maping' }, 'There is no property "maping".', 'Es gibt keine Eigenschaft „maping“.'],
    ['unknown_property', { name: 'maping', near: 'yes', nearest: 'mapping' }, 'There is no property "maping". Did you mean "mapping"?', 'Es gibt keine Eigenschaft „maping“. Meinten Sie „mapping“?'],
    ['unknown_target', { entity: 'task', name: 'x' }, 'The entity task has no field "x".', 'Die Entität task hat kein Feld „x“.'],
    ['unknown_target', { entity: 'task', name: 'sujet', near: 'yes', nearest: 'subject' }, 'The entity task has no field "sujet". Did you mean "subject"?', 'Die Entität task hat kein Feld „sujet“. Meinten Sie „subject“?'],
    ['unknown_column', { name: 'x' }, 'The file has no column "x".', 'Die Datei hat keine Spalte „x“.'],
    ['unknown_column', { name: 'Nmae', near: 'yes', nearest: 'Name' }, 'The file has no column "Nmae". Did you mean "Name"?', 'Die Datei hat keine Spalte „Nmae“. Meinten Sie „Name“?'],
    ['unknown_code', { value: 'gold' }, 'The code list has no "gold".', 'Die Codeliste enthält „gold“ nicht.'],
  ])('names what was probably meant where there is such: %s %j', (code, params, en, de) => {
    expect(detailMessage({ code, params }, 'en')).toBe(en);
    expect(detailMessage({ code, params }, 'de')).toBe(de);
  }); // prettier-ignore

  it('takes a choice whose parameter is left out as any other, and misses every other parameter', () => {
    const texts = { en: '{a, select, yes {Yes {b}} other {No}}', de: '{n, plural, one {#} other {#}} {x}' };
    expect(message(texts, {}, 'en')).toBe('No');
    expect(message(texts, { a: 'yes', b: 1 }, 'en')).toBe('Yes 1');
    expect(() => message(texts, { a: 'yes' }, 'en')).toThrow('"b"');
    expect(() => message(texts, { n: 1 }, 'de')).toThrow('"x"');
  });

  it.each<[ProblemCode, ProblemParams, string]>([
    ['file_unreadable', { format: 'XLSX', reason: 'it is cut off', cut: 'yes' }, 'Die Datei ist nicht als XLSX lesbar: Ihr Ende fehlt, vermutlich wurde sie unterwegs abgeschnitten. Senden Sie sie noch einmal, vollständig.'],
    ['file_unreadable', { format: 'XLSX', reason: 'bad checksum' }, 'Die Datei ist nicht als XLSX lesbar: Sie ist beschädigt oder nicht das, was ihr Name sagt. Öffnen Sie sie in einem Tabellenprogramm, speichern Sie sie unter neuem Namen und senden Sie diese. (Für Ihre IT, auf Englisch: bad checksum)'],
    ['no_known_rep', { by: 'email', reason: 'wholeFile', value: 'r@x.at' }, 'Die ganze Datei ist für „r@x.at“ bestimmt; das ist nicht die E-Mail-Adresse eines Kontos mit eigenem Besuchsplan.'],
    ['too_many_errors', { count: 1, limit: 0 }, 'Eine Zeile war ungültig oder scheiterte; zugelassen sind 0. Der Import wurde angehalten; was vorher geschrieben wurde, bleibt.'],
  ])('says what a person can do something with: %s %j', (code, params, de) => {
    expect(renderProblem(new Problem(code, { params }), 'de', '').detail).toBe(de);
  }); // prettier-ignore

  it('shows values as they are, whatever they look like', () => {
    const problem = new Problem('external_id_taken', { params: { externalId: "<b>{0}</b> ' #" } });
    expect(renderProblem(problem, 'en', '').detail).toContain(`"<b>{0}</b> ' #"`);
  });
});
