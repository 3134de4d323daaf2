/** All but the `Char` of XML 1.0. Surrogates are taken to be pairs. */
const FORBIDDEN = /[^\t\n\r\u0020-\uFFFD]/;

/** XML has a place for all characters of the text. */
export function isXmlText(text: string): boolean {
  return !FORBIDDEN.test(text);
}

/** The text without what XML cannot hold, for names and titles. */
export function xmlTextOf(text: string): string {
  return text.toWellFormed().replaceAll(new RegExp(FORBIDDEN, 'g'), '');
}
