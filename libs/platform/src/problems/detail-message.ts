import { message, PROBLEMS, type Language, type ProblemDetail, type ProblemKind, type Texts } from '@muster/contracts';
import { VALIDATION_TEXTS } from './validation-texts.js';

const CATALOGUE = new Map<string, ProblemKind>(Object.entries(PROBLEMS));
const VALIDATION = new Map<string, Texts>(Object.entries(VALIDATION_TEXTS));

/** The text of one faulty place: its own, else that of its code. */
export function detailMessage(detail: ProblemDetail, language: Language): string {
  if (detail.message !== undefined) return detail.message;
  const texts = VALIDATION.get(detail.code) ?? CATALOGUE.get(detail.code)?.detail;
  return texts ? message(texts, detail.params ?? {}, language) : detail.code;
}
