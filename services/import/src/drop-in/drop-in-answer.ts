import { message, ownerOfEntity, PROBLEMS, type Language, type Texts } from '@muster/contracts';
import type { CountersDto, ImportDto } from '../imports/import.dto.js';
import { isFinal, type ImportState } from '../imports/import-state.js';
import { GONE_TEXTS, OUTCOME_TEXTS, stateText } from '../imports/import-texts.js';

const LINES = {
  head: { en: 'Import {id}: {state}', de: 'Import {id}: {state}' },
  file: {
    en: 'File: {fileName}, {rows, plural, one {# row} other {# rows}}',
    de: 'Datei: {fileName}, {rows, plural, one {# Zeile} other {# Zeilen}}',
  },
  reason: { en: 'Reason: {reason}', de: 'Grund: {reason}' },
  note: { en: 'Note: {note}', de: 'Hinweis: {note}' },
  same: {
    en: 'The file has the same content as that of import {id} of {at} ({state}).',
    de: 'Die Datei hat denselben Inhalt wie die des Imports {id} vom {at} ({state}).',
  },
  details: { en: 'Details: {address}', de: 'Einzelheiten: {address}' },
  scheduled: {
    en: 'The import writes in the night, from {from} on. What becomes of it is told at {address}',
    de: 'Der Import schreibt in der Nacht, ab {from}. Was aus ihm wird, steht unter {address}',
  },
  waits: {
    en: 'Part of import {id} received. {count, plural, one {One part is} other {# parts are}} missing: {missing}. The import starts with the last one; see {address}',
    de: 'Teil des Imports {id} erhalten. Es {count, plural, one {fehlt ein Teil} other {fehlen # Teile}}: {missing}. Der Import beginnt mit dem letzten; siehe {address}',
  },
  goesOn: {
    en: 'The import goes on. What becomes of it is told at {address}',
    de: 'Der Import läuft weiter. Was aus ihm wird, steht unter {address}',
  },
} as const satisfies Record<string, Texts>;

/** What a call waits for no longer. */
const SETTLED: readonly string[] = [
  'completed',
  'completedWithErrors',
  'planned',
  'failed',
  'aborted',
  'cancelled',
  'paused',
  'awaitingApproval',
] satisfies ImportState[];

/** What a drop-in call is answered with. */
export interface DropInAnswer {
  readonly status: number;
  readonly text: string;
}

/** @param job as it was when the waiting ended */
export function dropInAnswer(job: ImportDto, language: Language): DropInAnswer {
  const text = (texts: Texts, params: Record<string, string | number> = {}) => message(texts, params, language);
  const address = `/v1/imports/${job.id}`;
  if (job.state === 'draft') {
    const missing = job.parts?.missing ?? [];
    const params = { id: job.id, count: missing.length, missing: missing.join(', '), address };
    return { status: 202, text: `${address}\n${text(LINES.waits, params)}\n` };
  }
  if (!SETTLED.includes(job.state) || !hasSettled(job)) {
    const from = job.scheduledFor?.toISOString();
    const line = from === undefined ? text(LINES.goesOn, { address }) : text(LINES.scheduled, { address, from });
    return { status: 202, text: `${address}\n${line}\n` };
  }
  const counters = job.state === 'planned' && job.plan ? job.plan : job.counters;
  const labels = { ...OUTCOME_TEXTS, ...(job.absentees && goneOf(job.entity)) };
  const lines = [
    text(LINES.head, { id: job.id, state: stateText(job.state, language) }),
    text(LINES.file, { fileName: job.fileName, rows: counters.read }),
    ...Object.entries(labels).map(([name, label]) => `${text(label)}: ${counters[name as keyof CountersDto]}`),
    ...(job.problem ? [text(LINES.reason, { reason: `${job.problem.detail} (${job.problem.code})` })] : []),
    ...notesOf(job, language).map((note) => text(LINES.note, { note })),
    text(LINES.details, { address }),
  ];
  return { status: statusOf(job), text: `${lines.join('\n')}\n` };
}

function goneOf(entity: string): Partial<Record<keyof CountersDto, Texts>> {
  const { deactivated, removed } = GONE_TEXTS;
  return ownerOfEntity(entity) === 'user-admin' ? { deactivated } : { removed };
}

/** What stopped nothing and should be known all the same. */
function notesOf({ warnings, earlierImports: [same] }: ImportDto, language: Language): string[] {
  const notes = warnings.map(({ detail, code }) => `${detail} (${code})`);
  if (!same) return notes;
  const params = { id: same.id, at: same.createdAt.toISOString(), state: stateText(same.state, language) };
  return [...notes, message(LINES.same, params, language)];
}

type Standing = Pick<ImportDto, 'state' | 'configuration' | 'scheduledFor'>;

/** Whether an answer is worth waiting for: not where it has ended, a person is to decide, or it is for the night. */
export function isWaitedFor(job: Standing): boolean {
  return !hasSettled(job) && job.scheduledFor === null;
}

/** Whether an import goes on by itself. */
export function hasSettled({ state, configuration }: Pick<ImportDto, 'state' | 'configuration'>): boolean {
  // A draft waits for parts of its file.
  if (['draft', 'paused', 'awaitingApproval'].includes(state) || isFinal(state as ImportState)) return true;
  const { options } = configuration as { options?: { validateOnly?: boolean } };
  return state === 'planned' && options?.validateOnly === true;
}

/** 200 also where some rows were refused; else why nothing was written, or not all of it. */
function statusOf({ state, problem }: ImportDto): number {
  if (state === 'awaitingApproval' || state === 'cancelled' || state === 'paused') return 409;
  // Somebody stopped it, unless too many rows were wrong.
  if (state === 'aborted' && problem?.code !== 'too_many_errors') return 409;
  if (state !== 'failed' && state !== 'aborted') return 200;
  const status = problem ? new Map(Object.entries(PROBLEMS)).get(problem.code)?.status : undefined;
  return status ?? 422;
}
