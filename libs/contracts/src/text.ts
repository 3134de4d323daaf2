/** Whether a database can keep `text` as it is: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Length as a person counts: code points after NFC. */
export function lengthOf(text: string): number {
  const composed = text.normalize('NFC');
  let length = composed.length;
  for (let i = 0; i < composed.length; i++) {
    // The second half of a pair does not count.
    const unit = composed.charCodeAt(i);
    if (unit >= 0xdc00 && unit <= 0xdfff) length--;
  }
  return length;
}
