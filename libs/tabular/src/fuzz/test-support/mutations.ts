import fc from 'fast-check';

/** Something done to bytes; places are shares of the length, so that a smaller file shrinks with them. */
export type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'set'; readonly at: number; readonly byte: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'drop' | 'repeat'; readonly from: number; readonly length: number; readonly times: number }
  | { readonly kind: 'insert'; readonly at: number; readonly token: string };

/** What hurts parsers of XML, numbers, dates and quotes, wherever it lands. */
const TOKENS = [
  ...['<', '>', '&', '"', "'", '/', ';', '\r', '\n', '\0', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE a>', '<?x'],
  ...[
    '&#0;',
    '&#x110000;',
    '&#xD800;',
    '&unknown;',
    '&amp',
    '_x0000_',
    '_xD800_',
    '\u{1F600}',
    '</row>',
    '<row r="0">',
  ],
  ...[
    '<row r="1048577">',
    '<row r="-1">',
    '<c r="ZZZZ1">',
    '<c r="A0">',
    '<c t="s"><v>-1</v></c>',
    '<c t="s"><v>1e9</v></c>',
  ],
  ...['1e999', 'NaN', '-0', '99999999999', '2958466', '-1', ' ', 't="s"', 's="9999"', 'xmlns:x="y"', 'x:'],
  ...[
    'table:number-columns-repeated="999999999"',
    'table:number-rows-repeated="0"',
    'PT1S',
    '2024-13-32',
    '9'.repeat(400),
  ],
  ...['../', 'encoding="UTF-16"', '\uFEFF', '""', '"a"b"', '<a>'.repeat(300)],
];

const PLACES = 2 ** 24;
/** Anywhere alike; of itself fast-check prefers the beginning, where a file is soon none of its format. */
const place = fc.noBias(fc.nat(PLACES - 1)).map((at) => at / PLACES);

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  weighing(3, fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) })),
  weighing(3, fc.record({ kind: fc.constant('set' as const), at: place, byte: fc.nat(255) })),
  weighing(1, fc.record({ kind: fc.constant('cut' as const), at: place })),
  weighing(
    3,
    fc.record({
      kind: fc.constantFrom('drop' as const, 'repeat' as const),
      from: place,
      length: fc.nat(500),
      times: fc.integer({ min: 1, max: 50 }),
    }),
  ),
  weighing(6, fc.record({ kind: fc.constant('insert' as const), at: place, token: fc.constantFrom(...TOKENS) })),
);

function weighing<T>(weight: number, arbitrary: fc.Arbitrary<T>) {
  return { weight, arbitrary };
}

export function mutate(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce(applied, bytes);
}

function applied(bytes: Buffer, change: Mutation): Buffer {
  const index = (share: number): number => Math.floor(share * bytes.length);
  switch (change.kind) {
    case 'flip':
    case 'set':
      return withByte(bytes, index(change.at), (byte) =>
        change.kind === 'set' ? change.byte : byte ^ (1 << change.bit),
      );
    case 'cut':
      return bytes.subarray(0, index(change.at));
    case 'insert':
      return spliced(bytes, index(change.at), 0, Buffer.from(change.token));
    case 'drop':
      return spliced(bytes, index(change.from), change.length, Buffer.alloc(0));
    case 'repeat': {
      const from = index(change.from);
      const chunk = bytes.subarray(from, from + change.length);
      return spliced(bytes, from, 0, Buffer.concat(Array.from({ length: change.times }, () => chunk)));
    }
  }
}

function withByte(bytes: Buffer, at: number, change: (byte: number) => number): Buffer {
  const byte = bytes[at];
  if (byte === undefined) return bytes;
  const copy = Buffer.from(bytes);
  copy[at] = change(byte);
  return copy;
}

function spliced(bytes: Buffer, at: number, length: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + length)]);
}
