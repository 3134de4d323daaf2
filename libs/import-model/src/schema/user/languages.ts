import { LANGUAGES, type Language, type Texts } from '@muster/contracts';
import type { SelectionOption } from '../field-schema.js';

const NAMES: Record<Language, Texts> = {
  en: { en: 'English', de: 'Englisch' },
  de: { en: 'German', de: 'Deutsch' },
};

/** The languages of Muster, by code or name. */
export const LANGUAGE_OPTIONS: readonly SelectionOption[] = LANGUAGES.map((code) => ({ code, label: NAMES[code] }));
