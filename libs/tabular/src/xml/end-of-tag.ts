/** Place of the `>` that ends the tag, or -1: one within quotes does not. */
export function endOfTag(buffer: string, from: number): number {
  let at = from;
  for (;;) {
    const end = buffer.indexOf('>', at);
    if (end < 0) return -1;
    let quote = at;
    while (quote < end && buffer.charCodeAt(quote) !== 34 && buffer.charCodeAt(quote) !== 39) quote++;
    if (quote === end) return end;
    const closing = buffer.indexOf(buffer.charAt(quote), quote + 1);
    if (closing < 0) return -1;
    at = closing + 1;
  }
}
