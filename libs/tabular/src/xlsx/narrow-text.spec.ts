import { describe, expect, it } from 'vitest';
import { NarrowText } from './narrow-text.js';

function read(xml: string): string | undefined {
  const narrow = new NarrowText();
  const bytes = Buffer.from(`<t>${xml}\0\0`);
  const end = narrow.read(bytes, 3);
  if (end < 0) return undefined;
  expect(bytes[end]).toBe(60);
  return Buffer.from(narrow.bytes.subarray(0, narrow.length)).toString('latin1');
}

describe('narrow texts', () => {
  it.each([
    ['plain', 'abc 12</t>', 'abc 12'],
    ['nothing', '</t>', ''],
    ['from U+0080 to U+00FF', '\u0080 Größe \u00FF</t>', '\u0080 Größe \u00FF'],
    ['references that XML declares', '&lt;a&gt; &amp;amp; &quot;&apos;</t>', '<a> &amp; "\''],
    ['line ends and tabs', 'a\n\tb</t>', 'a\n\tb'],
    ['an underscore', '_a_ _X0009_</t>', '_a_ _X0009_'],
  ])('are read: %s', (_name, xml, text) => {
    expect(read(xml)).toBe(text);
  });

  it.each([
    ['a character beyond', 'Łódź</t>'],
    ['the first character beyond', '\u0100</t>'],
    ['an emoji', '😀</t>'],
    ['a reference by number', 'a&#228;</t>'],
    ['a reference nobody declared', '&b;</t>'],
    ['a reference that is cut off', 'a&am'],
    ['a carriage return', 'a\r\nb</t>'],
    ['an escape', 'a_x000D_</t>'],
    ['no end', 'abc'],
    ['a long text', `${'x'.repeat(32 * 1024)}</t>`],
  ])('are not: %s', (_name, xml) => {
    expect(read(xml)).toBeUndefined();
  });
});
