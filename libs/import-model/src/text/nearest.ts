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

const row = new Uint8Array(COMPARED + 1);

/** Levenshtein's distance, or `limit` as soon as it cannot be less. @param a and b up to 100 characters each */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const code = a.charCodeAt(i - 1);
    // Further from the diagonal every way is too long.
    const [from, to] = [Math.max(1, i - limit), Math.min(b.length, i + limit)];
    let diagonal = row[from - 1] ?? 0;
    let left = from === 1 ? i : limit;
    let least = left;
    row[from - 1] = left;
    for (let j = from; j <= to; j++) {
      const above = row[j] ?? 0;
      left = Math.min(diagonal + (code === b.charCodeAt(j - 1) ? 0 : 1), above + 1, left + 1);
      diagonal = above;
      row[j] = left;
      if (left < least) least = left;
    }
    if (least >= limit) return limit;
  }
  return Math.min(row[b.length] ?? limit, limit);
}
