import { UsageError } from './usage-error.js';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** @throws UsageError when Muster does not speak it */
export function languageNamed(name: string): Language {
  const language = LANGUAGES.find((known) => known === name.toLowerCase());
  if (!language) throw new UsageError(`--language is one of ${LANGUAGES.join(', ')}, not "${name}".`);
  return language;
}
