/** A problem document of the API. */
export interface ApiProblem {
  readonly code: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
}

/** The server said no, and would say so again. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly problem: ApiProblem,
  ) {
    super(problem.detail ?? problem.title);
  }
}

/** No answer came, or none but passing ones, for as long as there was patience. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}
