import type { Actor, Cause, Language } from '@muster/contracts';
import { actorText, wayText, type ActorType, type Way } from './audit-texts.js';

export interface Who {
  readonly type: ActorType;
  /** Of the account or key; null for the system. */
  readonly id: string | null;
  /** What the account or key is called now; null when it is gone. */
  readonly name: string | null;
}

export interface How {
  readonly type: Way;
  /** Of the request, import, restore or mass change. */
  readonly id: string | null;
  readonly text: string;
}

const ACTOR_TYPES: readonly string[] = ['user', 'key', 'operator'] satisfies ActorType[];
const WAYS: readonly string[] = ['request', 'import', 'restore', 'mass-change'] satisfies Way[];

export function whoOf(actor: Actor, names: ReadonlyMap<string, string>): Who {
  const [type, id] = split(actor);
  if (!ACTOR_TYPES.includes(type)) return { type: 'system', id: null, name: null };
  return { type: type as ActorType, id, name: names.get(actor) ?? null };
}

export function howOf(cause: Cause, language: Language): How {
  const [kind, id] = split(cause);
  const type = WAYS.includes(kind) ? (kind as Way) : 'other';
  const text = wayText(type, language);
  return { type, id, text: type === 'request' || id === null ? text : `${text} ${id}` };
}

/** The one word for who did it, where there is room for no more. */
export function whoText({ type, id, name }: Who, language: Language): string {
  if (name !== null) return name;
  return id === null ? actorText(type, language) : `${actorText(type, language)} ${id}`;
}

function split(text: string): [string, string | null] {
  const at = text.indexOf(':');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
