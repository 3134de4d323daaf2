import { message, Problem, problemKind, type Language, type ProblemCode, type ProblemDetail } from '@muster/contracts';
import { detailMessage } from './detail-message.js';

/** One faulty place of a request or file, with its text. */
export interface RenderedDetail {
  readonly pointer?: string;
  readonly row?: number;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
}

/** RFC 9457, as `application/problem+json`. */
export interface RenderedProblem {
  /** URI reference, `/problems/<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  /** Id of the request. */
  readonly instance: string;
  readonly errors: readonly RenderedDetail[];
}

export function renderProblem(problem: Problem, language: Language, instance: string): RenderedProblem {
  const kind = problemKind(problem.code);
  return {
    type: `/problems/${problem.code}`,
    title: kind.title[language],
    status: kind.status,
    detail: message(kind.detail, problem.params, language),
    code: problem.code,
    instance,
    errors: problem.errors.map((detail) => renderDetail(detail, language)),
  };
}

function renderDetail(detail: ProblemDetail, language: Language): RenderedDetail {
  const { params: _params, message: _message, ...place } = detail;
  return { ...place, message: detailMessage(detail, language) };
}
