/**
 * Whether `text` can be one e-mail address: a name, one `@`, a domain with a dot, no white space and none of the
 * characters that separate or wrap addresses in lists. Mail servers know the rest.
 */
export function isEmailAddress(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@') || /[\s,;:<>"()[\]\\]/u.test(text)) return false;
  const domain = text.slice(at + 1);
  return domain.includes('.') && !domain.startsWith('.') && !domain.endsWith('.') && !domain.includes('..');
}
