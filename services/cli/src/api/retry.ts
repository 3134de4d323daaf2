/** Statuses of a server, or of what stands before it, that may be others a moment later. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Codes of the API that tell of something that is just going on. */
const PASSING_CODES: ReadonlySet<string> = new Set(['idempotency_key_in_use', 'version_conflict', 'import_running']);

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Whether the same request may well have another answer soon. Every request of the command can be repeated unharmed. */
export function mayPass(status: number, code = ''): boolean {
  return PASSING.has(status) || PASSING_CODES.has(code);
}

/**
 * Whether an answer that is not Muster's, such as a page of a proxy, may be Muster's soon. A page in place of an answer, or nothing
 * there, passes where Muster has been before; else the address is wrong.
 */
export function mayPassBetween(status: number, wasThere: boolean): boolean {
  return PASSING.has(status) || (wasThere && (status < 300 || status === 404));
}

/**
 * How long to wait before the next try: twice as long each time, up to half a minute, spread so that many who wait do not
 * come back together; never less than the server asks for.
 * @param tries so far, at least one @param retryAfter header of the answer, in seconds or as a date @param random 0 to 1
 */
export function pauseBefore(tries: number, retryAfter: string | null, now: Date, random: number): number {
  const full = Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS);
  return Math.max(full / 2 + (full / 2) * random, asked(retryAfter, now));
}

function asked(retryAfter: string | null, now: Date): number {
  if (retryAfter === null) return 0;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 10 * LONGEST_MS) : 0;
}
