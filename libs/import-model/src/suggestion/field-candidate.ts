import type { HeaderReason } from './header-likeness.js';

type SuggestionReason = HeaderReason | 'history' | 'content';

/** A field that a column may mean. */
export interface FieldCandidate {
  readonly field: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: SuggestionReason;
  /** The text that the header is like; absent where the content speaks. */
  readonly like?: string;
  /** Share of the sampled cells with something in them that can be read as the field's values, 0 to 1. */
  readonly readable: number;
  /** The beginnings of different texts among them that cannot: a value map may give each a meaning. At most ten. */
  readonly unread: readonly string[];
}
