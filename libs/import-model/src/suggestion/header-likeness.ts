import type { Language } from '@muster/contracts';
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

/** How much a header says that its column means the field; undefined when it says nothing. */
export function headerLikeness(header: string, field: FieldSchema, language: Language): HeaderLikeness | undefined {
  const plain = plainHeader(header);
  if (plain === '') return undefined;
  if (header.trim() === field.id) return { confidence: 1, reason: 'fieldId', like: field.id };
  const other = language === 'de' ? 'en' : 'de';
  const names: [string, HeaderReason, number][] = [
    [field.label[language], 'label', SURE.label],
    [field.label[other], 'label', SURE.otherLabel],
    ...field.synonyms.map((text): [string, HeaderReason, number] => [text, 'synonym', SURE.synonym]),
    [field.id, 'synonym', SURE.synonym],
  ];
  const exact = names.find(([text]) => plainHeader(text) === plain);
  if (exact) return { confidence: exact[2], reason: exact[1], like: exact[0] };
  return mostSimilar(plain, names.map(([text]) => text)); // prettier-ignore
}

function mostSimilar(plain: string, names: readonly string[]): HeaderLikeness | undefined {
  let best: HeaderLikeness | undefined;
  for (const like of names) {
    const confidence = MOST_SIMILAR * similarity(plain, plainHeader(like));
    if (confidence >= LEAST_SIMILAR && confidence > (best?.confidence ?? 0)) {
      best = { confidence, reason: 'similar', like };
    }
  }
  return best;
}

/** Sørensen and Dice's coefficient of the pairs of letters: 1 for the same text, 0 for nothing in common. */
function similarity(a: string, b: string): number {
  if (a.length < 3 || b.length < 3) return 0;
  const pairs = pairsOf(a);
  const total = pairs.length + b.length - 1;
  let shared = 0;
  for (const pair of pairsOf(b)) {
    const at = pairs.indexOf(pair);
    if (at < 0) continue;
    shared += 1;
    pairs.splice(at, 1);
  }
  return (2 * shared) / total;
}

function pairsOf(text: string): string[] {
  return Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));
}
