import type { Language } from '@muster/contracts';
import { HEADER_LENGTH } from '../configuration/document-schema.js';
import type { FieldSchema } from '../schema/field-schema.js';

/** Why a column may mean a field. */
export type HeaderReason = 'fieldId' | 'label' | 'synonym' | 'similar';

export interface HeaderLikeness {
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: HeaderReason;
  /** The text that the header is like. */
  readonly like: string;
}

const SURE = { label: 0.98, otherLabel: 0.95, synonym: 0.92 } as const;
/** What a header can come to that is only similar, and from where on it is worth a word. */
const MOST_SIMILAR = 0.85;
const LEAST_SIMILAR = 0.6;

/** A header or label as it is compared: letters and digits alone, without case, accents and ways to write umlauts. */
export function plainHeader(text: string): string {
  return text
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** A text as it is compared, with what it takes to compare it with many others. */
interface Compared {
  readonly text: string;
  readonly plain: string;
  /** How often each two letters stand behind each other. */
  readonly pairs: ReadonlyMap<string, number>;
}

/** A header made ready to be held against the names of every field. */
export type ComparedHeader = Compared;

/** A longer one is like nothing: no field is called anything near as long. */
export function comparedHeader(text: string): ComparedHeader {
  return compared(text, text.length > HEADER_LENGTH ? '' : plainHeader(text));
}

type Name = Compared & Pick<HeaderLikeness, 'reason' | 'confidence'>;

/** Tells of headers how much they say that their columns mean the field; undefined: nothing. */
export function headerReader(
  field: FieldSchema,
  language: Language,
): (header: ComparedHeader) => HeaderLikeness | undefined {
  const name = (text: string, reason: HeaderReason, confidence: number): Name => {
    return { ...compared(text, plainHeader(text)), reason, confidence };
  };
  const names = [
    name(field.label[language], 'label', SURE.label),
    name(field.label[language === 'de' ? 'en' : 'de'], 'label', SURE.otherLabel),
    ...field.synonyms.map((text) => name(text, 'synonym', SURE.synonym)),
    name(field.id, 'synonym', SURE.synonym),
  ];
  return (header) => {
    if (header.plain === '') return undefined;
    if (header.text.trim() === field.id) return { confidence: 1, reason: 'fieldId', like: field.id };
    const exact = names.find(({ plain }) => plain === header.plain);
    if (exact) return { confidence: exact.confidence, reason: exact.reason, like: exact.text };
    return mostSimilar(header, names);
  };
}

function mostSimilar(header: ComparedHeader, names: readonly Compared[]): HeaderLikeness | undefined {
  let best: HeaderLikeness | undefined;
  for (const name of names) {
    const confidence = MOST_SIMILAR * similarity(header, name);
    if (confidence >= LEAST_SIMILAR && confidence > (best?.confidence ?? 0)) {
      best = { confidence, reason: 'similar', like: name.text };
    }
  }
  return best;
}

/** Sørensen and Dice's coefficient of the pairs of letters: 1 for the same text, 0 for nothing in common. */
function similarity({ plain: a, pairs: ofA }: Compared, { plain: b, pairs: ofB }: Compared): number {
  if (a.length < 3 || b.length < 3) return 0;
  const total = a.length + b.length - 2;
  // No more than all pairs of the shorter one can be shared: most names are told apart by their length.
  if (2 * (Math.min(a.length, b.length) - 1) * MOST_SIMILAR < LEAST_SIMILAR * total) return 0;
  let shared = 0;
  for (const [pair, times] of ofB) shared += Math.min(times, ofA.get(pair) ?? 0);
  return (2 * shared) / total;
}

function compared(text: string, plain: string): Compared {
  const pairs = new Map<string, number>();
  for (let at = 0; at < plain.length - 1; at++) {
    const pair = plain.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return { text, plain, pairs };
}
