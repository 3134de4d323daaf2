const DANGEROUS = ['javascript:', 'data:', 'vbscript:', 'file:'];

/** Whether `text` can be the address of a page: no white space, and a scheme, if any, that only shows a page. */
export function isSafeLink(text: string): boolean {
  if (/\s/u.test(text)) return false;
  const lower = text.toLowerCase();
  if (DANGEROUS.some((scheme) => lower.startsWith(scheme))) return false;
  const scheme = lower.indexOf('://');
  return scheme < 0 || lower.startsWith('http://') || lower.startsWith('https://');
}
