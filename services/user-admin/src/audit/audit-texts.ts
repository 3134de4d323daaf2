import type { Language, Texts } from '@muster/contracts';
import type { AuditAction, SecretChange, SubjectKind } from './audit-entry.js';

const ACTIONS: Readonly<Record<AuditAction, Texts>> = {
  created: { en: 'Created', de: 'Angelegt' },
  changed: { en: 'Changed', de: 'Geändert' },
  deleted: { en: 'Deleted', de: 'Gelöscht' },
  erased: { en: 'Erased', de: 'Aus dem Protokoll entfernt' },
  'signed-in': { en: 'Signed in', de: 'Angemeldet' },
  'sign-in-failed': { en: 'Sign-in failed', de: 'Anmeldung fehlgeschlagen' },
  'sign-in-locked': { en: 'Sign-in locked', de: 'Anmeldung gesperrt' },
  'sign-in-unlocked': { en: 'Sign-in unlocked', de: 'Anmeldung entsperrt' },
  'signed-out': { en: 'Signed out', de: 'Abgemeldet' },
  'session-revoked': { en: 'Session ended', de: 'Sitzung beendet' },
  'token-reused': { en: 'Token used twice', de: 'Token zweimal verwendet' },
  'password-changed': { en: 'Password changed', de: 'Passwort geändert' },
  exported: { en: 'Exported', de: 'Exportiert' },
  downloaded: { en: 'Downloaded', de: 'Heruntergeladen' },
  transferred: { en: 'Data transferred', de: 'Daten übertragen' },
  'link-sent': { en: 'Access link sent', de: 'Zugangslink versendet' },
  'schedule-removed': {
    en: 'Records removed with the own schedule',
    de: 'Datensätze mit dem eigenen Besuchsplan entfernt',
  },
};

const KINDS: Readonly<Record<SubjectKind, Texts>> = {
  user: { en: 'User account', de: 'Benutzerkonto' },
  'api-key': { en: 'API key', de: 'API-Schlüssel' },
  company: { en: 'Company', de: 'Firma' },
  group: { en: 'User group', de: 'Benutzergruppe' },
  'code-list': { en: 'Code list', de: 'Codeliste' },
  'access-link': { en: 'Access link', de: 'Zugangslink' },
  session: { en: 'Session', de: 'Sitzung' },
  'identity-provider': { en: 'Identity provider', de: 'Identitätsanbieter' },
  'mass-change': { en: 'Mass change', de: 'Massenänderung' },
};

const WAYS = {
  request: { en: 'By hand or API', de: 'Von Hand oder über die API' },
  import: { en: 'Import', de: 'Import' },
  restore: { en: 'Restore', de: 'Wiederherstellung' },
  'mass-change': { en: 'Mass change', de: 'Massenänderung' },
  other: { en: 'Other', de: 'Anderes' },
} as const satisfies Record<string, Texts>;
export type Way = keyof typeof WAYS;

const SECRETS: Readonly<Record<SecretChange, Texts>> = {
  set: { en: '(set)', de: '(gesetzt)' },
  changed: { en: '(changed)', de: '(geändert)' },
  removed: { en: '(removed)', de: '(entfernt)' },
};

/** What a code is called; the code itself when a later version wrote it. */
const inLanguage = (texts: Readonly<Record<string, Texts>>) => (code: string, language: Language) =>
  (Object.hasOwn(texts, code) ? texts[code] : undefined)?.[language] ?? code;

export const actionText = inLanguage(ACTIONS);
export const kindText = inLanguage(KINDS);
export const wayText = inLanguage(WAYS);
export const secretText = inLanguage(SECRETS);

/** Headers of an export. */
export const HEADERS = {
  at: { en: 'Time', de: 'Zeit' },
  who: { en: 'By', de: 'Von' },
  actor: { en: 'Actor', de: 'Kennung' },
  how: { en: 'How', de: 'Wie' },
  cause: { en: 'Cause', de: 'Anlass' },
  action: { en: 'Action', de: 'Vorgang' },
  kind: { en: 'Kind', de: 'Art' },
  subject: { en: 'What', de: 'Was' },
  subjectId: { en: 'ID', de: 'ID' },
  field: { en: 'Field', de: 'Feld' },
  from: { en: 'From', de: 'Von Wert' },
  to: { en: 'To', de: 'Auf Wert' },
} as const satisfies Record<string, Texts>;

export const YES_NO = { yes: { en: 'yes', de: 'ja' }, no: { en: 'no', de: 'nein' } } as const;
export const SHEET: Texts = { en: 'Audit log', de: 'Änderungsprotokoll' };
