import { IntlMessageFormat } from 'intl-messageformat';
import type { Language, ProblemParams, Texts } from '@muster/contracts';

const formats = new Map<string, IntlMessageFormat>();

function formatOf(text: string, language: Language): IntlMessageFormat {
  const key = `${language} ${text}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  formats.set(key, format);
  return format;
}

/**
 * Renders an ICU text in a language.
 * @param texts constants of the code; each is parsed once and kept
 * @throws Error when a parameter that the text needs is missing
 */
export function message(texts: Texts, params: ProblemParams, language: Language): string {
  const rendered = formatOf(texts[language], language).format({ ...params });
  return Array.isArray(rendered) ? rendered.join('') : String(rendered);
}
