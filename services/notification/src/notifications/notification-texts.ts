import { PROBLEMS, type ProblemParams, type Texts } from '@muster/contracts';

export const NOTIFICATION_KINDS = ['import-finished', 'import-awaits-approval'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
/** Facts for the texts; made once, when the thing happened. */
export type NotificationParams = ProblemParams;

interface NotificationTexts {
  /** ICU messages. */
  readonly title: Texts;
  readonly body: Texts;
  /** Path of the thing that the notification is about. */
  link(subject: string): string;
}

/** As the import itself says it. */
const BEYOND = PROBLEMS.guard_exceeded.detail;

export const NOTIFICATION_TEXTS: Record<NotificationKind, NotificationTexts> = {
  'import-finished': {
    title: {
      en: `{state, select, completed {Import completed} completedWithErrors {Import completed, some rows were not taken}
        aborted {Import aborted} cancelled {Import cancelled} other {Import failed}}`,
      de: `{state, select, completed {Import abgeschlossen} completedWithErrors {Import abgeschlossen, einige Zeilen wurden nicht übernommen}
        aborted {Import abgebrochen} cancelled {Import verworfen} other {Import fehlgeschlagen}}`,
    },
    body: {
      en:
        `{fileName}: {read, plural, one {# row} other {# rows}} read, {created, number} created, {updated, number} updated, ` +
        `{unchanged, number} unchanged, {ignored, number} ignored, {invalid, number} invalid, {failed, number} failed, ` +
        `{unprocessed, number} not processed.`,
      de:
        `{fileName}: {read, plural, one {# Zeile} other {# Zeilen}} gelesen, {created, number} angelegt, {updated, number} geändert, ` +
        `{unchanged, number} unverändert, {ignored, number} übergangen, {invalid, number} ungültig, {failed, number} fehlgeschlagen, ` +
        `{unprocessed, number} nicht verarbeitet.`,
    },
    link: (importId) => `/v1/imports/${importId}`,
  },
  'import-awaits-approval': {
    title: { en: 'An import awaits approval', de: 'Ein Import wartet auf Genehmigung' },
    body: { en: `{fileName}: ${BEYOND.en}`, de: `{fileName}: ${BEYOND.de}` },
    link: (importId) => `/v1/imports/${importId}`,
  },
};
