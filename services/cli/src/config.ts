import type { Language } from './language.js';

/** The language of the person at the terminal, as POSIX tells it. */
export function terminalLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return locale?.toLowerCase().startsWith('de') ? 'de' : 'en';
}
