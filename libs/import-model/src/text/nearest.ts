/** Of longer texts only the beginning is compared, in UTF-16 units. */
const COMPARED = 100;

/** The candidate that somebody may have meant by `name`; undefined when none is close. Letter case and blanks do not count. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.length > 2 * COMPARED ? '' : plain(name);
  if (wanted.length === 0 || wanted.length > COMPARED) return undefined;
  let best: string | undefined;
  let bestDistance = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = distanceBetween(wanted, plainOf(candidate).slice(0, COMPARED), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** The parameters by which a text asks whether `meant` was meant: none where there is no such. */
export function nearParams(meant: string | undefined): Readonly<Record<string, string>> {
  return meant === undefined ? {} : { near: 'yes', nearest: meant };
}

/** Candidates as they are compared: the same few are asked for again and again, for each wrong cell of a file. */
const known = new Map<string, string>();
const MOST_KNOWN = 4_096;

function plainOf(candidate: string): string {
  const text = candidate.slice(0, 2 * COMPARED);
  let found = known.get(text);
  if (found === undefined) {
    if (known.size === MOST_KNOWN) known.clear();
    known.set(text, (found = plain(text)));
  }
  return found;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Three rows of the table of distances: the one that is worked out, the one above it, and the one above that. */
const ROW = COMPARED + 2;
const table = new Uint8Array(3 * ROW);

/**
 * How many characters are to be put in, left out, replaced, or swapped with the next, or `limit` as soon as it cannot be less.
 * @param a and b up to 100 characters each
 */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  for (let j = 0; j <= b.length; j++) table[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const [here, above, before] = [(i % 3) * ROW, ((i + 2) % 3) * ROW, ((i + 1) % 3) * ROW];
    // Further from the diagonal every way is too long.
    const [from, to] = [Math.max(1, i - limit), Math.min(b.length, i + limit)];
    let least = (table[here + from - 1] = from === 1 ? i : limit);
    table[here + to + 1] = limit;
    for (let j = from; j <= to; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let distance = Math.min(at(above + j - 1) + (isSame ? 0 : 1), at(above + j) + 1, at(here + j - 1) + 1);
      if (isSwap(a, b, i, j)) distance = Math.min(distance, at(before + j - 2) + 1);
      table[here + j] = distance;
      if (distance < least) least = distance;
    }
    if (least >= limit) return limit;
  }
  return Math.min(at((a.length % 3) * ROW + b.length), limit);
}

function at(place: number): number {
  return table[place] ?? 0;
}

/** Whether the last two of the first `i` characters of one text are those of the first `j` of the other, swapped. */
function isSwap(a: string, b: string, i: number, j: number): boolean {
  if (i < 2 || j < 2) return false;
  return a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
}
