import { withFittingOptions } from './fitting-options.js';

type Document = Readonly<Record<string, unknown>>;

export const FORMAT_VERSION = 1;

/** What makes of a document of the format version that is its place the same in the next one. */
const STEPS: readonly ((document: Document) => Document)[] = [
  // Before versions were counted a document did not name one, and options that mean nothing for its entity were ignored.
  (document) => withFittingOptions({ ...document, formatVersion: 1 }),
];

/** A configuration document of an older format version as it reads today. What is no such document is left as it is. */
export function upgradeDocument(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  let document = json as Document;
  const version = document['formatVersion'] ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) return json;
  for (const step of STEPS.slice(version)) document = step(document);
  return document;
}
