import type { Cause, Language } from '@muster/contracts';
import { wayText, type Way } from './audit-texts.js';

export interface How {
  readonly type: Way;
  /** Of the request, import, restore or mass change. */
  readonly id: string | null;
  readonly text: string;
}

const WAYS: readonly string[] = ['request', 'import', 'restore', 'mass-change'] satisfies Way[];

export function howOf(cause: Cause, language: Language): How {
  const [kind, id] = split(cause);
  const type = WAYS.includes(kind) ? (kind as Way) : 'other';
  const text = wayText(type, language);
  return { type, id, text: type === 'request' || id === null ? text : `${text} ${id}` };
}

function split(text: string): [string, string | null] {
  const at = text.indexOf(':');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
