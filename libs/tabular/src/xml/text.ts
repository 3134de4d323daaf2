import { isUtf8 } from 'node:buffer';
import { TabularError } from '../tabular-error.js';

const NON_ASCII = /[^\0-\x7f]/;
/** For short texts, which nearly all are: a buffer for each is most of the time. */
const SCRATCH = Buffer.allocUnsafeSlow(4 * 1024);
const LONGEST_REFERENCE = 40;
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * The text that raw XML, one byte of UTF-8 a character, stands for: characters, references, line ends.
 *
 * @throws TabularError file_unreadable (references to what nobody declared, numbers of no character), wrong_encoding
 */
export function decodeText(raw: string): string {
  // Nearly all that is asked for is short and plain.
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code > 127 || code === 38 /* & */ || code === 13) return decodeSpecial(raw);
  }
  return raw;
}

function decodeSpecial(raw: string): string {
  const text = NON_ASCII.test(raw) ? utf8Text(raw) : raw;
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
  return lines.includes('&') ? withoutReferences(lines) : lines;
}

/** @throws TabularError wrong_encoding: never a replacement character */
export function utf8Text(bytes: string): string {
  const buffer = bytes.length <= SCRATCH.length ? SCRATCH : Buffer.allocUnsafe(bytes.length);
  const length = buffer.write(bytes, 'latin1');
  const text = buffer.toString('utf8', 0, length);
  // One that stands in the file is as good as any other character.
  if (text.includes('\uFFFD') && !isUtf8(buffer.subarray(0, length))) {
    throw new TabularError('wrong_encoding', { row: 0, encoding: 'utf-8' });
  }
  return text;
}

function withoutReferences(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    const end = text.indexOf(';', at);
    out += text.slice(from, at) + referenced(text.slice(at + 1, end < 0 ? at + LONGEST_REFERENCE : end));
    from = end + 1;
  }
  return out + text.slice(from);
}

function referenced(name: string): string {
  const named = NAMED.get(name);
  if (named !== undefined) return named;
  const code = name.length < LONGEST_REFERENCE ? numberOf(name) : undefined;
  if (code !== undefined) return String.fromCodePoint(code);
  throw new TabularError('file_unreadable', { format: 'XML', reason: `unknown reference &${name.slice(0, 16)}` });
}

function numberOf(name: string): number | undefined {
  const [, hex, decimal] = /^#(?:x0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}))$/.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? code : undefined;
}
