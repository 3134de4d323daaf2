import { LANGUAGES, type Language } from '@muster/contracts';

/** The language of an `Accept-Language` header (RFC 9110 section 12.5.4) that we have texts in; English otherwise. */
export function preferredLanguage(header: string | undefined): Language {
  const ranges = (header ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    // Stable: of equals the first wins.
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of ranges) {
    const known = LANGUAGES.find((candidate) => candidate === language);
    if (known) return known;
    if (language === '*') return 'en';
  }
  return 'en';
}
