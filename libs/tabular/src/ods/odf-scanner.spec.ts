import { describe, expect, it } from 'vitest';
import { OdfScanner } from './odf-scanner.js';

/** Tags as they come; elements named `skip` are passed over. */
function scan(file: string, piece: number): string[] {
  const bytes = Buffer.from(file);
  const scanner = new OdfScanner();
  const seen: string[] = [];
  const take = (): void => {
    while (scanner.next()) {
      seen.push(`${scanner.text}<${scanner.isOpen ? '' : '/'}${scanner.name}`);
      if (scanner.isOpen && scanner.name === ':skip') scanner.skipElement();
    }
  };
  for (let from = 0; from < bytes.length; from += piece) {
    scanner.push(bytes.subarray(from, from + piece), from + piece >= bytes.length);
    take();
  }
  return seen;
}

const PIECES = [1, 2, 3, 5, 8, 13, 1000, Infinity];

describe('OdfScanner', () => {
  it.each([
    ['is given out twice when it closes itself', '<a>1<b/>2</a>', ['<:a', '1<:b', '</:b', '2</:a']],
    ['has the prefix of the standard', '<a xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><t:b t:c=""/></a>', ['<:a', '<table:b', '</table:b', '</:a']],
    ['has its own names to its end only', '<a><b xmlns="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><c/></b><b/></a>', ['<:a', '<text:b', '<text:c', '</text:c', '</text:b', '<:b', '</:b', '</:a']],
    ['closes itself and has its own names', '<a><b xmlns="urn:oasis:names:tc:opendocument:xmlns:text:1.0"/><c/></a>', ['<:a', '<text:b', '</text:b', '<:c', '</:c', '</:a']],
  ])('an element %s', (_name, file, expected) => {
    for (const piece of PIECES) expect(scan(file, piece)).toEqual(expected);
  }); // prettier-ignore

  it.each([
    ['that closes itself', '<skip/>'],
    ['that is empty', '<skip></skip>'],
    ['with others in it', '<skip>x<y a="skip>">z</y><skipped/></skip>'],
    [
      'with others of its name in it',
      '<skip><skip>1</skip><skip a="/>"/>2<skip a=">" b=\'"/>\'><skip\n/></skip ></skip\n>',
    ],
    ['with a comment in it', '<skip><!-- </skip> -- --></skip>'],
    ['with the shortest comment in it', '<skip><!----></skip>'],
    ['with a CDATA section in it', '<skip><![CDATA[</skip>]]]></skip>'],
    ['with an instruction in it', '<skip><?x </skip>?></skip>'],
    ['with names of its own', '<skip xmlns:x="urn:x"><x:y/></skip>'],
    ['longer than all buffers', `<skip>${'<y>ü</y>'.repeat(20_000)}</skip>`],
  ])('passes over an element %s', (_name, element) => {
    for (const piece of element.length > 1000 ? [999, 65_536, Infinity] : PIECES) {
      expect(scan(`<a>1${element}2<b/></a>`, piece)).toEqual(['<:a', '1<:skip', '2<:b', '</:b', '</:a']);
    }
  });

  it.each([
    '<a><skip>',
    '<a><skip><skip></skip>',
    '<a><skip><!-- ',
    '<a><skip></ski',
    '<a><skip><y a="',
    '<a><skip></skip></b>',
  ])('refuses what is cut off where it passes over: %s', (file) => {
    for (const piece of PIECES)
      expect(() => scan(file, piece)).toThrow(expect.objectContaining({ code: 'file_unreadable' }));
  });

  it('decodes attributes', () => {
    const scanner = new OdfScanner();
    scanner.push(
      Buffer.from(`<a b = "&lt;ü" c='"\n&#10;' xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" t:c="3"/>`),
      true,
    );
    expect(scanner.next()).toBe(true);
    expect(['b', 'c', 'text:c', 'd'].map((name) => scanner.attribute(name))).toEqual(['<ü', '" \n', '3', undefined]);
  });
});
