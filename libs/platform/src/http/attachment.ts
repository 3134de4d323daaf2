/** What file systems do not take, what changes how a name is read, and half pairs of surrogates. */
const NOT_IN_NAMES = /["*/:<>?\\|]|\p{C}|\p{Zl}|\p{Zp}/gu;
/** What `encodeURIComponent` leaves and RFC 8187 does not. */
const NOT_ENCODED = /['()*]/g;
const LONGEST = 150;

/**
 * Value of a `Content-Disposition` header that has the answer saved under this name (RFC 6266), whatever is in it: a path
 * or a hidden file it never becomes.
 * @param ending with its dot; stays whole
 */
export function attachment(name: string, ending: string): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(NOT_IN_NAMES, '_')
    .replace(/^[.\s]+/, '');
  const file = ([...safe].slice(0, LONGEST).join('').trim() || '_') + ending;
  const encoded = encodeURIComponent(file).replaceAll(
    NOT_ENCODED,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}
