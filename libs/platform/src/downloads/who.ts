import type { Actor, Language, Texts } from '@muster/contracts';

const ACTORS = {
  user: { en: 'Person', de: 'Person' },
  key: { en: 'API key', de: 'API-Schlüssel' },
  operator: { en: 'Operator', de: 'Betreiber' },
  system: { en: 'System', de: 'System' },
} as const satisfies Record<string, Texts>;
type ActorType = keyof typeof ACTORS;

const BY_WHOM = /^(?<type>user|key|operator):(?<id>.*)$/s;

export interface Who {
  readonly type: ActorType;
  /** Of the account or key; null for the system. */
  readonly id: string | null;
  /** What the account or key is called now; null when it is gone. */
  readonly name: string | null;
}

/** @param names of accounts and keys, by actor */
export function whoOf(actor: Actor, names: ReadonlyMap<Actor, string>): Who {
  const { type, id } = BY_WHOM.exec(actor)?.groups ?? {};
  if (type === undefined || id === undefined) return { type: 'system', id: null, name: null };
  return { type: type as ActorType, id, name: names.get(actor) ?? null };
}

/** The one word for who did it, where there is room for no more. */
export function whoText({ type, id, name }: Who, language: Language): string {
  if (name !== null) return name;
  const text = ACTORS[type][language];
  return id === null ? text : `${text} ${id}`;
}
