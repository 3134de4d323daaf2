import type { Language } from './language.js';
import { OwnProblem } from './own-problem.js';

/** The language of the person at the terminal, as POSIX tells it. */
export function terminalLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return locale?.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** Where Muster is, and who asks. */
export interface Connection {
  readonly url: string;
  /** One of the two is there. */
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** What was said with the call comes before the environment. No secret is an argument: others see those. @throws OwnProblem connection_missing */
export function connectionOf(givenUrl: string | undefined, givenFile: string | undefined): Connection {
  const { MUSTER_URL, MUSTER_TOKEN, MUSTER_TOKEN_FILE } = process.env;
  const url = givenUrl ?? MUSTER_URL;
  const token = givenFile === undefined && MUSTER_TOKEN ? MUSTER_TOKEN : undefined;
  const tokenFile = givenFile ?? MUSTER_TOKEN_FILE;
  if (!url || !URL.canParse(url) || (!token && !tokenFile)) throw new OwnProblem('connection_missing');
  return { url, token, tokenFile };
}
