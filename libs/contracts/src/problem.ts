export type Language = 'en' | 'de';
export const LANGUAGES: readonly Language[] = ['en', 'de'];
export type Texts = Readonly<Record<Language, string>>;
export type ProblemParams = Readonly<Record<string, string | number>>;

/** One entry of the catalogue: everything about a kind of problem but its occasion. */
export interface ProblemKind {
  readonly status: number;
  readonly title: Texts;
  /** ICU message; its parameters come with the {@link Problem}. */
  readonly detail: Texts;
  /** How loudly the service logs it. Preset: `debug` below 500, `error` from 500 on. */
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error';
}

/** Points to one faulty place of a request or file (RFC 9457 `errors[]`). */
export interface ProblemDetail {
  /** JSON pointer into the request body. */
  readonly pointer?: string;
  readonly row?: number;
  readonly column?: string;
  readonly code: string;
  readonly params?: ProblemParams;
  /** Ready text, when the code is not one of the catalogue. */
  readonly message?: string;
}

export function defineProblems<const Kinds extends Record<string, ProblemKind>>(kinds: Kinds): Kinds {
  return kinds;
}
