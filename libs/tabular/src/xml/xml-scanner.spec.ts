import { describe, expect, it } from 'vitest';
import { TabularError } from '../tabular-error.js';
import { decodeText } from './text.js';
import { XmlScanner } from './xml-scanner.js';

function scan(file: string | Uint8Array, piece = Number.MAX_SAFE_INTEGER): string[] {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const scanner = new XmlScanner();
  const seen: string[] = [];
  for (let from = 0; from < bytes.length; from += piece) {
    scanner.push(bytes.subarray(from, from + piece), from + piece >= bytes.length);
    while (scanner.next()) {
      const mark = scanner.isClose ? '/' : scanner.isSelfClosing ? '.' : '';
      seen.push(`${decodeText(scanner.text)}<${mark}${scanner.name} ${scanner.attribute('r') ?? ''}`);
    }
  }
  return seen;
}

describe('XmlScanner', () => {
  it.each([
    ['plain', '<a r="1"><b>x</b></a>', ['<a 1', '<b ', 'x</b ', '</a ']],
    ['prefixes', '<x:a xmlns:x="u" x:r="1"><x:b/></x:a>', ['<a 1', '<.b ', '</a ']],
    ['a > and quotes in attributes', `<a q='>"' r=">'"/>`, [`<.a >'`]],
    ['references', '<a r="&lt;&#65;&#x1F600;">&amp;&quot;ü</a>', ['<a <A😀', '&"ü</a ']],
    ['CDATA, comments', '<?xml version="1.0"?><!-- < --><a>1<![CDATA[<&amp;]]>2<!-- - -->3</a>', ['<a ', '1<&amp;23</a ']],
    ['references with leading zeros', '<a r="&#x00000041;">&#0000000065;</a>', ['<a A', 'A</a ']],
    ['an encoding that it cannot have, as .NET declares it', '<?xml version="1.0" encoding="utf-16"?><a>ü</a>', ['<a ', 'ü</a ']],
    ['line ends', '<a>1\r\n2\r3</a>\r\n', ['<a ', '1\n2\n3</a ']],
    ['a byte order mark', '\uFEFF<a/>', ['<.a ']],
  ])('%s, cut anywhere', (_name, file, expected) => {
    for (const piece of [1, 2, 3, 5, 8, 1000]) expect(scan(file, piece)).toEqual(expected);
  }); // prettier-ignore

  it('windows-1252', () => {
    const file = Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>\x80\x9f\xfc</a>', 'latin1');
    for (const piece of [1, 1000]) expect(scan(file, piece)).toEqual(['<a ', '€Ÿü</a ']);
  });

  it.each(['utf-16le', 'utf-16be'])('%s', (encoding) => {
    const bytes = Buffer.from('\uFEFF<?xml version="1.0"?><a>ü😀</a>', 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    for (const piece of [1, 2, 3, 1000]) expect(scan(bytes, piece)).toEqual(['<a ', 'ü😀</a ']);
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'doctype_forbidden'],
    ['an entity that nobody declared', '<a>&b;</a>', 'file_unreadable'],
    ['a lone &', '<a>x & y</a>', 'file_unreadable'],
    ['a file that is cut off', '<a><b>', 'file_unreadable'],
    ['tags that cross', '<a><b></a></b>', 'file_unreadable'],
    ['two roots', '<a/><b/>', 'file_unreadable'],
    ['nothing', ' ', 'file_unreadable'],
    ['deep nesting', '<a>'.repeat(300), 'file_unreadable'],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), 'wrong_encoding'],
  ])('refuses %s', (_name, file, code) => {
    for (const piece of [1, 1000]) {
      expect(() => scan(file, piece)).toThrow(expect.objectContaining({ name: TabularError.name, code }));
    }
  });

  it.each(['x<!-- -->', 'x<?y z?>', '<![CDATA[x]]>'])('refuses a text without end of pieces such as %s', (piece) => {
    const scanner = new XmlScanner(1000);
    scanner.push(Buffer.from(`<a>${piece.repeat(1001)}</a>`), true);
    expect(scanner.next()).toBe(true);
    expect(() => scanner.next()).toThrow(expect.objectContaining({ code: 'file_unreadable' }));
  });
});
