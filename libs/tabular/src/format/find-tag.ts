const LONGEST_TAG = 4096;

/**
 * The first opening tag of this local name that the condition holds for, without its brackets. Reads over everything
 * once, however hostile; tags are cut at 4,096 characters.
 */
export function findTag(text: string, localName: string, holds: (tag: string) => boolean): string | undefined {
  for (let open = text.indexOf('<'); open >= 0;) {
    const close = text.indexOf('>', open);
    if (close < 0) return undefined;
    const tag = text.slice(open + 1, Math.min(close, open + LONGEST_TAG));
    const name = /^[^\s/>]*/.exec(tag)?.[0] ?? '';
    if (name.slice(name.indexOf(':') + 1) === localName && holds(tag)) return tag;
    open = text.indexOf('<', close);
  }
  return undefined;
}

/** The value of an attribute as it is written. @param name as in a regular expression */
export function attributeOf(tag: string, name: string): string | undefined {
  return new RegExp(`[\\s:]${name}\\s?=\\s?["']([^"']*)`).exec(tag)?.[1];
}
