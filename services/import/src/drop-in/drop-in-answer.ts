import {
  ownerOfEntity,
  PROBLEMS,
  type ImportCounters,
  type Language,
  type Problem,
  type Texts,
} from '@muster/contracts';
import { message, renderProblem } from '@muster/platform';
import type { CountersDto, ImportDto } from '../imports/import.dto.js';
import { isFinal, type ImportState } from '../imports/import-state.js';

const OUTCOMES = {
  created: { en: 'Created', de: 'Angelegt' },
  updated: { en: 'Updated', de: 'Geändert' },
  unchanged: { en: 'Unchanged', de: 'Unverändert' },
  ignored: { en: 'Ignored', de: 'Übergangen' },
  invalid: { en: 'Invalid', de: 'Ungültig' },
  failed: { en: 'Failed', de: 'Fehlgeschlagen' },
  unprocessed: { en: 'Not processed', de: 'Nicht verarbeitet' },
} as const satisfies Partial<Record<keyof ImportCounters, Texts>>;

/** Of a sync; they are no rows. */
const GONE = {
  deactivated: { en: 'Absent and deactivated', de: 'Fehlend und deaktiviert' },
  removed: { en: 'Absent and removed', de: 'Fehlend und entfernt' },
} as const satisfies Partial<Record<keyof ImportCounters, Texts>>;

const LINES = {
  head: { en: 'Import {id}: {state}', de: 'Import {id}: {state}' },
  file: {
    en: 'File: {fileName}, {rows, plural, one {# row} other {# rows}}',
    de: 'Datei: {fileName}, {rows, plural, one {# Zeile} other {# Zeilen}}',
  },
  reason: { en: 'Reason: {reason}', de: 'Grund: {reason}' },
  details: { en: 'Details: {address}', de: 'Einzelheiten: {address}' },
  goesOn: {
    en: 'The import goes on. What becomes of it is told at {address}',
    de: 'Der Import läuft weiter. Was aus ihm wird, steht unter {address}',
  },
} as const satisfies Record<string, Texts>;

const STATES: Readonly<Record<string, Texts>> = {
  completed: { en: 'completed', de: 'abgeschlossen' },
  completedWithErrors: { en: 'completed with errors', de: 'mit Fehlern abgeschlossen' },
  planned: { en: 'checked, nothing written', de: 'geprüft, nichts geschrieben' },
  failed: { en: 'failed', de: 'gescheitert' },
  aborted: { en: 'stopped', de: 'angehalten' },
  cancelled: { en: 'cancelled', de: 'abgebrochen' },
  awaitingApproval: { en: 'waits for approval', de: 'wartet auf Freigabe' },
};

/** What a drop-in call is answered with. */
export interface DropInAnswer {
  readonly status: number;
  readonly text: string;
}

/** @param job as it was when the waiting ended */
export function dropInAnswer(job: ImportDto, language: Language): DropInAnswer {
  const text = (texts: Texts, params: Record<string, string | number> = {}) => message(texts, params, language);
  const address = `/v1/imports/${job.id}`;
  const state = STATES[job.state];
  if (!state || !hasSettled(job)) return { status: 202, text: `${address}\n${text(LINES.goesOn, { address })}\n` };
  const counters = job.state === 'planned' && job.plan ? job.plan : job.counters;
  const labels = { ...OUTCOMES, ...(job.absentees && goneOf(job.entity)) };
  const lines = [
    text(LINES.head, { id: job.id, state: text(state) }),
    text(LINES.file, { fileName: job.fileName, rows: counters.read }),
    ...Object.entries(labels).map(([name, label]) => `${text(label)}: ${counters[name as keyof CountersDto]}`),
    ...(job.problem ? [text(LINES.reason, { reason: `${job.problem.detail} (${job.problem.code})` })] : []),
    text(LINES.details, { address }),
  ];
  return { status: statusOf(job), text: `${lines.join('\n')}\n` };
}

function goneOf(entity: string): Partial<Record<keyof CountersDto, Texts>> {
  const { deactivated, removed } = GONE;
  return ownerOfEntity(entity) === 'user-admin' ? { deactivated } : { removed };
}

/** Why a call was refused before there was an import. */
export function problemAnswer(problem: Problem, language: Language): DropInAnswer {
  const { status, title, detail, code, errors } = renderProblem(problem, language, '');
  const faults = errors.map((fault) => `- ${[fault.pointer, fault.message].filter(Boolean).join(': ')}`);
  return { status, text: `${[`${title} (${code})`, detail, ...faults].join('\n')}\n` };
}

/** Whether an import goes on by itself. */
export function hasSettled({ state, configuration }: Pick<ImportDto, 'state' | 'configuration'>): boolean {
  if (state === 'awaitingApproval' || isFinal(state as ImportState)) return true;
  const { options } = configuration as { options?: { validateOnly?: boolean } };
  return state === 'planned' && options?.validateOnly === true;
}

/** 200 also where some rows were refused; else why nothing was written. */
function statusOf({ state, problem }: ImportDto): number {
  if (state === 'awaitingApproval' || state === 'cancelled') return 409;
  if (state !== 'failed') return 200;
  const status = problem ? new Map(Object.entries(PROBLEMS)).get(problem.code)?.status : undefined;
  return status ?? 422;
}
