import type { ImportCounters, Language, Texts } from '@muster/contracts';
import type { GuardedEffect } from '@muster/import-model';
import type { ImportState } from './import-state.js';

/** What may become of a row, as people read it in files. */
export const OUTCOME_TEXTS = {
  created: { en: 'Created', de: 'Angelegt' },
  updated: { en: 'Updated', de: 'Geändert' },
  unchanged: { en: 'Unchanged', de: 'Unverändert' },
  ignored: { en: 'Ignored', de: 'Übergangen' },
  invalid: { en: 'Invalid', de: 'Ungültig' },
  failed: { en: 'Failed', de: 'Fehlgeschlagen' },
  unprocessed: { en: 'Not processed', de: 'Nicht verarbeitet' },
} as const satisfies Record<Exclude<keyof ImportCounters, 'read' | 'deactivated' | 'removed'>, Texts>;

/** Of a sync; they are no rows. */
export const GONE_TEXTS = {
  deactivated: { en: 'Absent and deactivated', de: 'Fehlend und deaktiviert' },
  removed: { en: 'Absent and removed', de: 'Fehlend und entfernt' },
} as const satisfies Partial<Record<keyof ImportCounters, Texts>>;

/** What the guard looks at. */
export const EFFECT_TEXTS: Readonly<Record<GuardedEffect, Texts>> = {
  deactivations: { en: 'Accounts deactivated', de: 'Konten deaktiviert' },
  scheduleRemovals: { en: 'Own schedules removed', de: 'Eigene Besuchspläne entfernt' },
  demotions: { en: 'Administrators demoted', de: 'Administratoren herabgestuft' },
  recordRemovals: { en: 'Records moved to the recycle bin', de: 'Datensätze in den Papierkorb gelegt' },
};

export const OUTCOME_NAMES = Object.keys(OUTCOME_TEXTS) as (keyof typeof OUTCOME_TEXTS)[];

const STATE_TEXTS: Readonly<Record<ImportState, Texts>> = {
  draft: { en: 'draft', de: 'Entwurf' },
  staging: { en: 'is being read', de: 'wird gelesen' },
  staged: { en: 'read, nothing written', de: 'gelesen, nichts geschrieben' },
  planning: { en: 'is being checked', de: 'wird geprüft' },
  planned: { en: 'checked, nothing written', de: 'geprüft, nichts geschrieben' },
  awaitingApproval: { en: 'waits for approval', de: 'wartet auf Freigabe' },
  scheduled: { en: 'waits for the night', de: 'wartet auf die Nacht' },
  running: { en: 'running', de: 'läuft' },
  paused: { en: 'paused between reps', de: 'zwischen Mitarbeitern angehalten' },
  completed: { en: 'completed', de: 'abgeschlossen' },
  completedWithErrors: { en: 'completed with errors', de: 'mit Fehlern abgeschlossen' },
  failed: { en: 'failed', de: 'gescheitert' },
  aborted: { en: 'stopped', de: 'angehalten' },
  cancelled: { en: 'cancelled', de: 'abgebrochen' },
};

/** What a state is called; its name itself where a later version wrote it. */
export function stateText(state: string, language: Language): string {
  return (Object.hasOwn(STATE_TEXTS, state) ? STATE_TEXTS[state as ImportState] : undefined)?.[language] ?? state;
}
