import { nearest } from '@muster/import-model';

/** Values that somebody is looked for, and people among whom: more of either is a wrong column, not a slip. */
const LOOKED_FOR = 50;
const CANDIDATES = 4_000;

export interface Nameable {
  readonly email: string | null;
  readonly employeeNumber: string | null;
}

/**
 * Whom a value that names nobody may mean; mostly somebody whom other rows name rightly.
 * @returns value -> e-mail or employee number, for those of which somebody comes to mind
 */
export function nearestReps(
  values: readonly string[],
  people: readonly Nameable[],
  by: keyof Nameable,
): ReadonlyMap<string, string> {
  const known = people.flatMap((one) => one[by] ?? []);
  if (known.length === 0 || known.length > CANDIDATES) return new Map();
  const meant = by === 'email' ? emailFinder(known) : numberFinder(known);
  return new Map(
    values.slice(0, LOOKED_FOR).flatMap((value) => {
      const found = meant(value);
      return found === undefined ? [] : [[value, found] as const];
    }),
  );
}

/** Either part of an address may have a slip in it, not both; who differ in a digit are two people. */
function emailFinder(known: readonly string[]): (value: string) => string | undefined {
  return (value) => {
    const [name, domain] = parts(value);
    if (name === '') return undefined;
    const ofName = known.filter((email) => parts(email)[0] === name);
    if (domain === '') return ofName.length === 1 ? ofName[0] : undefined;
    const sameName = nearestBy(domain, ofName, 1);
    if (sameName !== undefined) return sameName;
    const ofDomain = known.filter(
      (email) => parts(email)[1] === domain && digitsOf(parts(email)[0]) === digitsOf(name),
    );
    return nearestBy(name, ofDomain, 0);
  };
}

function nearestBy(text: string, emails: readonly string[], part: 0 | 1): string | undefined {
  const meant = nearest(text, new Set(emails.map((email) => parts(email)[part])));
  return meant === undefined ? undefined : emails.find((email) => parts(email)[part] === meant);
}

function parts(email: string): readonly [name: string, domain: string] {
  const [name = '', domain = ''] = email.toLowerCase().split('@', 2);
  return [name, domain];
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** A number that a spreadsheet took its zeros from, or that is written in another way. Another number is somebody else's. */
function numberFinder(known: readonly string[]): (value: string) => string | undefined {
  const byCore = new Map<string, string[]>();
  for (const number of known) byCore.set(coreOf(number), [...(byCore.get(coreOf(number)) ?? []), number]);
  return (value) => {
    const [first, ...more] = coreOf(value) === '' ? [] : (byCore.get(coreOf(value)) ?? []);
    return more.length === 0 ? first : undefined;
  };
}

function coreOf(number: string): string {
  return number
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+/, '');
}
