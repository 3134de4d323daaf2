const YES = new Set(['yes', 'y', 'ja', 'j', 'true', 'wahr', '1']);
const NO = new Set(['no', 'n', 'nein', 'false', 'falsch', '0']);

/** As they are written. */
export const YES_NO_TEXTS = { yes: { en: 'Yes', de: 'Ja' }, no: { en: 'No', de: 'Nein' } } as const;

/** Yes and no in both languages, whatever the language of the file. */
export function readYesNo(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}
