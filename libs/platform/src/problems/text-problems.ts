import { applyDecorators, Catch, UseFilters } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Request } from 'express';
import { LANGUAGES, type Language } from '@muster/contracts';
import { BASIC } from '../auth/allow.js';
import { ProblemFilter } from './problem.filter.js';
import type { RenderedProblem } from './render-problem.js';

export const TEXT_EXTENSION = 'x-muster-text';

/** Answers errors as a text, in the language that the URL asks for. */
@Catch()
class TextProblemFilter extends ProblemFilter {
  protected override readonly mediaType = 'text/plain; charset=utf-8';
  // Clients that were built for HTTP Basic send a password only when they are asked for one.
  protected override readonly challenges = ['Basic realm="Muster", charset="UTF-8"', 'Bearer'];

  protected override languageOf(request: Request): Language {
    return LANGUAGES.find((language) => language === request.query['language']) ?? super.languageOf(request);
  }

  protected override write({ title, code, detail, errors }: RenderedProblem): string {
    const faults = errors.map((fault) => `- ${[fault.pointer, fault.message].filter(Boolean).join(': ')}`);
    return `${[`${title} (${code})`, detail, ...faults].join('\n')}\n`;
  }
}

/** Whatever goes wrong with the operation is told as a text: those who call it show it to people, and take HTTP Basic. */
export function TextProblems(): MethodDecorator {
  return applyDecorators(UseFilters(TextProblemFilter), ApiExtension(TEXT_EXTENSION, true), ApiSecurity(BASIC));
}
