import { TabularError } from '@muster/tabular';
import type { Language } from './language.js';
import { Refusal, Unreachable } from './api/refusal.js';
import { OwnProblem } from './own-problem.js';
import { UsageError } from './usage-error.js';

/** What a failed command prints on stderr, as one line of JSON. */
export interface PrintedProblem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

const MEGABYTE = 1024 * 1024;

interface SystemError extends Error {
  readonly code: string;
  readonly path: string;
}

const TITLES = {
  usage: { en: 'Wrong call', de: 'Falscher Aufruf' },
  file_not_opened: { en: 'File cannot be opened', de: 'Datei nicht zu öffnen' },
  internal_error: { en: 'Internal error', de: 'Interner Fehler' },
} as const;

/** Whatever was thrown, in a form for people and programs. */
export async function problemOf(error: unknown, language: Language): Promise<PrintedProblem> {
  if (error instanceof TabularError) return refusal(error, language);
  if (error instanceof UsageError) return own('usage', error.message, language);
  if (error instanceof Refusal) return ofServer(error);
  if (error instanceof Unreachable)
    return ofCommand(new OwnProblem('unreachable', { reason: error.message }), language);
  if (error instanceof OwnProblem) return ofCommand(error, language);
  if (isSystemError(error)) {
    const { code: reason, path: file } = error;
    return { ...own('file_not_opened', `${file}: ${reason}`, language), params: { file, reason } };
  }
  return own('internal_error', error instanceof Error ? error.message : String(error), language);
}

/** The sentences are those of the API. They are loaded only when one is needed: that costs more than the start of a command. */
async function refusal({ code, params }: TabularError, language: Language): Promise<PrintedProblem> {
  const { message, PROBLEMS } = await import('@muster/contracts');
  const { title, detail } = PROBLEMS[code];
  return {
    code,
    title: title[language],
    detail: message(detail, { ...inMegabytes(params), ...params }, language),
    params,
  };
}

/** In the language that the server was asked in. */
function ofServer({ problem: { code, title, detail = '', params } }: Refusal): PrintedProblem {
  return { code, title, detail, ...(params && { params }) };
}

function ofCommand(problem: OwnProblem, language: Language): PrintedProblem {
  const { code, params } = problem;
  return { code, title: problem.title(language), detail: problem.detail(language), params };
}

/** The API tells sizes of files in megabytes. */
function inMegabytes({ limit, bytes }: TabularError['params']): Record<string, string> {
  const megabytes = (value: unknown): string => (Math.ceil((Number(value) / MEGABYTE) * 10) / 10).toString();
  return { limitMegabytes: megabytes(limit), sizeMegabytes: megabytes(bytes) };
}

function own(code: keyof typeof TITLES, detail: string, language: Language): PrintedProblem {
  return { code, title: TITLES[code][language], detail };
}

/** An error of a file operation: Node adds the path. */
function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string';
}
