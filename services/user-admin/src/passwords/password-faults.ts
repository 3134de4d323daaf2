import { lengthOf, type ProblemDetail } from '@muster/contracts';
import { COMMON_PASSWORDS } from './common-passwords.js';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

/** What others know of the person, and therefore try first. */
export interface KnownOfPerson {
  readonly email: string | null;
  readonly username: string | null;
  readonly company: string;
}

/** What it is a password of. */
const PRODUCT = 'muster';
/** Of what is said again and again. */
const LONGEST_PIECE = 4;
/** What is left of a password without what others know must be as long as this. */
const LEAST_OF_ONES_OWN = 8;
/** A word as short as this stands in many passwords by chance. */
const SHORTEST_WORD = 4;
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
];

/**
 * What is wrong with a new password; nothing: it may be set. Which characters it is made of does not matter (NIST SP 800-63B,
 * section 3.1.1.2): length counts, and that it is not among the first that are tried.
 * @param pointer where it stands in the request body
 */
export function passwordFaults(password: string, known: KnownOfPerson, pointer: string): ProblemDetail[] {
  const length = lengthOf(password);
  if (length < SHORTEST_PASSWORD) return [{ pointer, code: 'too_short', params: { limit: SHORTEST_PASSWORD } }];
  if (length > LONGEST_PASSWORD) return [{ pointer, code: 'too_long', params: { limit: LONGEST_PASSWORD } }];
  const text = password.normalize('NFC').toLowerCase();
  if (isCommon(text)) return [{ pointer, code: 'password_too_common' }];
  return isPersonal(text, known) ? [{ pointer, code: 'password_too_personal' }] : [];
}

function isCommon(text: string): boolean {
  const withoutBlanks = text.replaceAll(/\s/g, '');
  return [text, withoutBlanks].some((form) => COMMON_PASSWORDS.has(form) || isRepetition(form) || isSequence(form));
}

/** One piece of up to four characters again and again: `abcabcabcabc`. */
function isRepetition(text: string): boolean {
  return shortestPeriod(text) <= LONGEST_PIECE;
}

function shortestPeriod(text: string): number {
  const characters = [...text];
  for (let period = 1; period < characters.length; period++) {
    if (characters.every((character, at) => at < period || character === characters[at - period])) return period;
  }
  return characters.length;
}

/** Runs along rows of the keyboard or the alphabet, forwards or backwards: `123456789012`, `qwertyuiopasdf`. */
function isSequence(text: string): boolean {
  return runsOf([...text]) <= 2;
}

/** Into how many runs of neighbours the text falls; a lone character is a run of its own. */
function runsOf(characters: readonly string[]): number {
  let runs = 1;
  let direction = 0;
  for (let at = 1; at < characters.length; at++) {
    const step = stepBetween(characters[at - 1] ?? '', characters[at] ?? '');
    if (step === 0 || (direction !== 0 && step !== direction)) {
      runs += 1;
      direction = 0;
    } else direction = step;
  }
  return runs;
}

/** 1: the next in some row, -1: the one before, 0: neither. */
function stepBetween(from: string, to: string): -1 | 0 | 1 {
  if (ROWS.some((row) => row.includes(from + to))) return 1;
  return ROWS.some((row) => row.includes(to + from)) ? -1 : 0;
}

/** What remains without the words that others know is too little to be called a secret. */
function isPersonal(text: string, { email, username, company }: KnownOfPerson): boolean {
  const [local = '', domain = ''] = (email ?? '').toLowerCase().split('@');
  const words = [
    email ?? '',
    local,
    domain,
    domain.split('.')[0] ?? '',
    username ?? '',
    company,
    ...company.split(/\s+/),
    PRODUCT,
  ];
  const known = [...words, ...local.split(/[._+-]/)].map(essenceOf).filter((word) => word.length >= SHORTEST_WORD);
  const essence = essenceOf(text);
  const rest = known.toSorted((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ''), essence);
  return rest.length < essence.length && rest.length < LEAST_OF_ONES_OWN;
}

/** Letters and digits; what stands between them is soon tried. */
function essenceOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
