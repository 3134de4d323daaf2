import type { Language } from '../language.js';
import type { Import } from './api-types.js';

/** What `--json` prints, a line each, and what a person is told of in words. */
export type Progress =
  | { readonly event: 'series'; readonly importId: string; readonly present: number; readonly closed: boolean }
  | {
      readonly event: 'part';
      readonly part: number;
      readonly rows: number;
      readonly bytes: number;
      readonly sent: boolean;
    }
  | { readonly event: 'closed'; readonly parts: number }
  | { readonly event: 'state'; readonly state: string; readonly percent: number; readonly secondsLeft: number | null }
  | { readonly event: 'retry'; readonly reason: string; readonly seconds: number }
  | { readonly event: 'smaller'; readonly rows: number; readonly bytes: number }
  | { readonly event: 'results'; readonly file: string; readonly rows: number };

export type Report = (progress: Progress) => void;

/** A line for the person at the terminal. */
export function progressText(progress: Progress, language: Language): string {
  const isGerman = language === 'de';
  const n = (value: number): string => value.toLocaleString(language);
  switch (progress.event) {
    case 'series': {
      const { importId, present } = progress;
      if (present === 0) return `Import ${importId}`;
      return isGerman ? `Import ${importId} geht weiter, ${n(present)} Teile sind schon da` : `Import ${importId} goes on, ${n(present)} parts are in already`; // prettier-ignore
    }
    case 'part': {
      const { part, rows, bytes, sent } = progress;
      const size = n(Math.ceil(bytes / 1024));
      if (!sent) return isGerman ? `Teil ${part}: ist schon da` : `Part ${part}: is in already`;
      return isGerman ? `Teil ${part}: ${n(rows)} Zeilen, ${size} KB gesendet` : `Part ${part}: ${n(rows)} rows, ${size} KB sent`; // prettier-ignore
    }
    case 'closed':
      return isGerman ? `Alle Teile sind da: ${n(progress.parts)}` : `All parts are in: ${n(progress.parts)}`;
    case 'state': {
      const { state, percent, secondsLeft } = progress;
      const left = secondsLeft === null ? '' : isGerman ? `, noch ${n(secondsLeft)} s` : `, ${n(secondsLeft)} s left`;
      return `${STATES[state]?.[language] ?? state}: ${percent} %${left}`;
    }
    case 'retry': {
      const { reason, seconds } = progress;
      return isGerman ? `${reason}; nächster Versuch in ${n(seconds)} s` : `${reason}; next try in ${n(seconds)} s`;
    }
    case 'smaller': {
      const { rows, bytes } = progress;
      const megabytes = n(Math.floor(bytes / 1024 ** 2));
      return isGerman ? `Das Unternehmen erlaubt weniger je Teil: ${n(rows)} Zeilen, ${megabytes} MB` : `The company allows less per part: ${n(rows)} rows, ${megabytes} MB`; // prettier-ignore
    }
    case 'results':
      return isGerman ? `${n(progress.rows)} Ergebnisse in ${progress.file}` : `${n(progress.rows)} results in ${progress.file}`; // prettier-ignore
  }
}

const STATES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  staging: { en: 'Reading', de: 'Wird gelesen' },
  planning: { en: 'Planning', de: 'Wird geplant' },
  running: { en: 'Importing', de: 'Wird importiert' },
  planned: { en: 'Planned', de: 'Geplant' },
  staged: { en: 'Read', de: 'Gelesen' },
  paused: { en: 'Paused between reps', de: 'Pausiert zwischen Mitarbeitern' },
  awaitingApproval: { en: 'Waits for approval', de: 'Wartet auf Freigabe' },
  scheduled: { en: 'Waits for the night', de: 'Wartet auf die Nacht' },
  completed: { en: 'Done', de: 'Fertig' },
  completedWithErrors: { en: 'Done, but for some rows', de: 'Fertig bis auf einzelne Zeilen' },
  failed: { en: 'Failed', de: 'Fehlgeschlagen' },
  aborted: { en: 'Aborted', de: 'Abgebrochen' },
  cancelled: { en: 'Closed', de: 'Geschlossen' },
};

const COUNTERS: readonly (readonly [keyof Import['counters'], Readonly<Record<Language, string>>])[] = [
  ['read', { en: 'Rows', de: 'Zeilen' }],
  ['created', { en: 'created', de: 'angelegt' }],
  ['updated', { en: 'updated', de: 'geändert' }],
  ['unchanged', { en: 'unchanged', de: 'unverändert' }],
  ['ignored', { en: 'ignored', de: 'übergangen' }],
  ['invalid', { en: 'invalid', de: 'ungültig' }],
  ['failed', { en: 'failed', de: 'fehlgeschlagen' }],
  ['unprocessed', { en: 'not processed', de: 'nicht verarbeitet' }],
  ['deactivated', { en: 'deactivated (absent)', de: 'deaktiviert (fehlten)' }],
  ['removed', { en: 'removed (absent)', de: 'entfernt (fehlten)' }],
];

/** What became of it, or what its plan foresees, as lines. */
export function summaryText({ id, state, counters, plan, problem }: Import, language: Language): string {
  const isPlan = state === 'planned' && plan !== null;
  const shown = isPlan ? plan : counters;
  const width = Math.max(...COUNTERS.map(([, texts]) => texts[language].length));
  const lines = COUNTERS.filter(([name]) => name === 'read' || shown[name] > 0).map(
    ([name, texts]) => `${texts[language].padEnd(width)} ${shown[name].toLocaleString(language).padStart(11)}`,
  );
  const title = `Import ${id}: ${STATES[state]?.[language] ?? state}`;
  return [title, ...lines, ...(problem ? [problem.detail] : []), ''].join('\n');
}
