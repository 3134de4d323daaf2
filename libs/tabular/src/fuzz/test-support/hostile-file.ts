import fc from 'fast-check';
import { makeZip } from '../../test-support/make-zip.js';
import { mutate, mutation, type Mutation } from './mutations.js';
import { SEED_FILES } from './seed-files.js';

type Inside = 'file' | 'part' | 'no part';

/** How a file is made, small enough to print; {@link bytesOf} makes it. */
export type HostileFile =
  | { readonly kind: 'noise'; readonly magic: string; readonly noise: Uint8Array }
  /** `inside`: whether the file is changed as it lies there, or a part of it, or a part is missing, packed anew so that checksums fit. */
  | {
      readonly kind: 'mutated';
      readonly seed: string;
      readonly inside: Inside;
      readonly part: number;
      readonly mutations: Mutation[];
    };

const MAGIC = {
  none: '',
  zip: 'PK\u0003\u0004\u0014\0\0\0\u0008\0',
  emptyZip: 'PK\u0005\u0006',
  compoundFile: '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
  utf8: '\u00ef\u00bb\u00bf',
  utf16le: '\u00ff\u00fe',
  utf16be: '\u00fe\u00ff',
  utf32: '\u00ff\u00fe\0\0',
  xml: '<?xml version="1.0"?>',
  html: '<html><table><tr><td>',
  pdf: '%PDF-1.7',
  gzip: '\u001f\u008b\u0008',
  separator: 'sep=;\r\n',
  quote: '"',
} as const;

const noise: fc.Arbitrary<HostileFile> = fc.record({
  kind: fc.constant('noise' as const),
  magic: fc.constantFrom(...Object.keys(MAGIC)),
  noise: fc.oneof(
    fc.uint8Array({ maxLength: 4_000 }),
    fc.string({ unit: 'binary', maxLength: 2_000 }).map((text) => Buffer.from(text)),
  ),
});

const mutated: fc.Arbitrary<HostileFile> = fc.record({
  kind: fc.constant('mutated' as const),
  seed: fc.constantFrom(...SEED_FILES.map(({ name }) => name)),
  inside: fc.constantFrom<Inside>('file', 'part', 'part', 'no part'),
  part: fc.nat(20),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
});

export const hostileFile: fc.Arbitrary<HostileFile> = fc.oneof(
  { weight: 1, arbitrary: noise },
  { weight: 3, arbitrary: mutated },
);

export async function bytesOf(file: HostileFile): Promise<Buffer> {
  if (file.kind === 'noise') {
    const magic = MAGIC[file.magic as keyof typeof MAGIC];
    return Buffer.concat([Buffer.from(magic, 'latin1'), file.noise]);
  }
  const seed = SEED_FILES.find(({ name }) => name === file.seed);
  if (!seed) throw new Error(`There is no seed file "${file.seed}"`);
  if (!seed.parts) return mutate(seed.text, file.mutations);
  if (file.inside === 'file') return mutate(await makeZip(seed.parts), file.mutations);
  return makeZip(withMutatedPart(seed.parts, file));
}

function withMutatedPart(parts: Readonly<Record<string, Buffer>>, file: HostileFile & { kind: 'mutated' }) {
  const entries = Object.entries(parts);
  const [chosen] = entries[file.part % entries.length] ?? [];
  return Object.fromEntries(
    entries
      .filter(([name]) => file.inside !== 'no part' || name !== chosen)
      .map(([name, bytes]) => [name, name === chosen ? mutate(bytes, file.mutations) : bytes]),
  );
}
