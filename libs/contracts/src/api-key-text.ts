import type { Id } from './ids.js';

const FORM = /^msk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** What a connector is given: the prefix lets scanners of source code find keys that leaked. */
export function formatApiKey(id: Id, secret: string): string {
  return `msk_${id}_${secret}`;
}

/** Undefined when `text` has not the form of an API key; whether there is such a key is another question. */
export function parseApiKey(text: string): { id: Id; secret: string } | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}
