const LONGEST_SECONDS = 600;

/** How many milliseconds a caller wants to wait, by the header `Prefer: wait=30` (RFC 7240, section 4.3). */
export function patienceOf(prefer: string | undefined): number {
  const seconds = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(prefer ?? '')?.[1];
  return Math.min(seconds === undefined ? LONGEST_SECONDS : Number(seconds), LONGEST_SECONDS) * 1_000;
}
