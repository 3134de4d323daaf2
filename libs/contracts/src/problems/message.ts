import { IntlMessageFormat } from 'intl-messageformat';
import type { Language, ProblemParams, Texts } from '../problem.js';
import { allElements, ELEMENTS, kindOf } from './text-elements.js';

interface Format {
  readonly format: IntlMessageFormat;
  /** What the parameters of selects are where they are left out. */
  readonly presets: ProblemParams;
}

const formats = new Map<string, Format>();

function formatOf(text: string, language: Language): Format {
  const key = `${language} ${text}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  const selects = allElements(format.getAst()).flatMap((element) =>
    kindOf(element) === ELEMENTS.select && 'value' in element ? [[element.value, 'other']] : [],
  );
  const made: Format = { format, presets: Object.fromEntries(selects) as ProblemParams };
  formats.set(key, made);
  return made;
}

/**
 * Renders an ICU text in a language. A parameter of a select may be left out, which chooses `other`: so a text can have a
 * part that is said only where there is something to say.
 * @param texts constants of the code; each is parsed once and kept
 * @throws Error when another parameter that the text needs is missing
 */
export function message(texts: Texts, params: ProblemParams, language: Language): string {
  const { format, presets } = formatOf(texts[language], language);
  const rendered = format.format({ ...presets, ...params });
  return Array.isArray(rendered) ? rendered.join('') : String(rendered);
}
