import type { Language, Texts } from '@muster/contracts';

/** As a map: `constructor` is no name of ours. */
function named(texts: Record<string, Texts>): ReadonlyMap<string, Texts> {
  return new Map(Object.entries(texts));
}

const ACCOUNT = named({
  id: { en: 'ID', de: 'ID' },
  kind: { en: 'Kind', de: 'Art' },
  employeeNumber: { en: 'Employee number', de: 'Personalnummer' },
  email: { en: 'E-mail', de: 'E-Mail' },
  username: { en: 'Username', de: 'Benutzername' },
  displayName: { en: 'Display name', de: 'Anzeigename' },
  title: { en: 'Title', de: 'Titel' },
  firstName: { en: 'First name', de: 'Vorname' },
  lastName: { en: 'Last name', de: 'Nachname' },
  mobile: { en: 'Mobile', de: 'Mobiltelefon' },
  phone: { en: 'Phone', de: 'Telefon' },
  language: { en: 'Language', de: 'Sprache' },
  authorizationLevel: { en: 'Authorization level', de: 'Berechtigungsstufe' },
  hasOwnSchedule: { en: 'Own schedule', de: 'Eigener Besuchsplan' },
  userGroups: { en: 'User groups', de: 'Benutzergruppen' },
  loginEnabled: { en: 'Login enabled', de: 'Anmeldung erlaubt' },
  note: { en: 'Note', de: 'Notiz' },
  password: { en: 'Password', de: 'Passwort' },
  uprn: { en: 'UPRN', de: 'UPRN' },
  dateOfBirth: { en: 'Date of birth', de: 'Geburtsdatum' },
  customerType: { en: 'Customer type', de: 'Kundenart' },
  taxIdentifier: { en: 'Tax identifier', de: 'Steuernummer' },
  gender: { en: 'Gender', de: 'Geschlecht' },
  accessLevel: { en: 'Access level', de: 'Zugriffsstufe' },
  roles: { en: 'Roles', de: 'Rollen' },
  roleOptions: { en: 'Role options', de: 'Rollenoptionen' },
});

const GROUPS = named({
  home: { en: 'Home', de: 'Wohnort' },
  workingHours: { en: 'Working hours', de: 'Arbeitszeit' },
  workBreak: { en: 'Break', de: 'Pause' },
  overnight: { en: 'Overnight', de: 'Übernachtung' },
  drivingSpeed: { en: 'Driving speed', de: 'Fahrgeschwindigkeit' },
  defaults: { en: 'Defaults', de: 'Voreinstellungen' },
  removed: { en: 'Removed', de: 'Entfernt' },
  moved: { en: 'Transferred', de: 'Übertragen' },
  kept: { en: 'Not transferred', de: 'Nicht übertragen' },
});

const PARTS = named({
  street: { en: 'street', de: 'Straße' },
  postalCode: { en: 'postal code', de: 'Postleitzahl' },
  city: { en: 'city', de: 'Stadt' },
  state: { en: 'state', de: 'Bundesland' },
  country: { en: 'country', de: 'Land' },
  latitude: { en: 'latitude', de: 'Breitengrad' },
  longitude: { en: 'longitude', de: 'Längengrad' },
  mon: { en: 'Monday', de: 'Montag' },
  tue: { en: 'Tuesday', de: 'Dienstag' },
  wed: { en: 'Wednesday', de: 'Mittwoch' },
  thu: { en: 'Thursday', de: 'Donnerstag' },
  fri: { en: 'Friday', de: 'Freitag' },
  sat: { en: 'Saturday', de: 'Samstag' },
  sun: { en: 'Sunday', de: 'Sonntag' },
  from: { en: 'from', de: 'von' },
  to: { en: 'to', de: 'bis' },
  mode: { en: 'kind', de: 'Art' },
  minutes: { en: 'minutes', de: 'Minuten' },
  days: { en: 'days', de: 'Tage' },
  minDistance: { en: 'least distance', de: 'Mindestentfernung' },
  minMinutes: { en: 'least travel time', de: 'Mindestfahrzeit' },
  maxTravelMinutes: { en: 'most travel time', de: 'Höchstfahrzeit' },
  highway: { en: 'motorway', de: 'Autobahn' },
  callInterval: { en: 'call interval', de: 'Besuchsintervall' },
  callDuration: { en: 'call duration', de: 'Besuchsdauer' },
  businessHours: { en: 'business hours', de: 'Geschäftszeiten' },
  customer: { en: 'customers', de: 'Kunden' },
  appointment: { en: 'appointments', de: 'Termine' },
  task: { en: 'tasks', de: 'Aufgaben' },
  report: { en: 'reports', de: 'Berichte' },
});

const OTHERS = named({
  name: { en: 'Name', de: 'Name' },
  timeZone: { en: 'Time zone', de: 'Zeitzone' },
  country: { en: 'Country', de: 'Land' },
  licences: { en: 'Licences', de: 'Lizenzen' },
  hostSystem: { en: 'Host system', de: 'Führendes System' },
  importRowLimit: { en: 'Rows of an import', de: 'Zeilen eines Imports' },
  importByteLimit: { en: 'Bytes of an import', de: 'Bytes eines Imports' },
  guardPercent: { en: 'Guard, per cent', de: 'Schutzgrenze in Prozent' },
  guardCount: { en: 'Guard, number', de: 'Schutzgrenze als Anzahl' },
  nightWindowFrom: { en: 'Night window from', de: 'Nachtfenster von' },
  nightWindowTo: { en: 'Night window to', de: 'Nachtfenster bis' },
  accessLinkDays: { en: 'Days of an access link', de: 'Tage eines Zugangslinks' },
  deletedAt: { en: 'Deleted at', de: 'Gelöscht am' },
  codes: { en: 'Codes', de: 'Codes' },
  sequence: { en: 'Order', de: 'Reihenfolge' },
  scopes: { en: 'Scopes', de: 'Berechtigungen' },
  secret: { en: 'Secret', de: 'Geheimnis' },
  previousSecret: { en: 'Previous secret', de: 'Voriges Geheimnis' },
  previousUntil: { en: 'Previous secret good until', de: 'Voriges Geheimnis gültig bis' },
  expiresAt: { en: 'Expires at', de: 'Läuft ab am' },
  revokedAt: { en: 'Revoked at', de: 'Widerrufen am' },
  issuer: { en: 'Issuer', de: 'Aussteller' },
  audience: { en: 'Audience', de: 'Zielgruppe' },
  matchBy: { en: 'People are known by', de: 'Personen werden erkannt an' },
  claim: { en: 'Claim', de: 'Merkmal' },
  token: { en: 'Token', de: 'Token' },
  channel: { en: 'Sent by', de: 'Versendet per' },
  format: { en: 'Format', de: 'Format' },
  fields: { en: 'Columns', de: 'Spalten' },
  address: { en: 'Address', de: 'Adresse' },
  method: { en: 'Method', de: 'Verfahren' },
  restorePointId: { en: 'Restore point', de: 'Wiederherstellungspunkt' },
  to: { en: 'To', de: 'An' },
  failure: { en: 'Failed because of', de: 'Gescheitert wegen' },
  state: { en: 'State', de: 'Zustand' },
  approved: { en: 'Approved', de: 'Freigegeben' },
});

/** What is said of a code of a list. */
const OF_CODES = named({
  en: { en: 'English', de: 'Englisch' },
  de: { en: 'German', de: 'Deutsch' },
  permissions: { en: 'permissions', de: 'Berechtigungen' },
});

/** What a field is called in a language: `workingHours.mon.from` -> `Working hours, Monday, from`. Unknown ones: the id. */
export function fieldText(field: string, language: Language): string {
  return accountFieldText(field, language) ?? companyFieldText(field, language) ?? field;
}

/** `codes.GOLD.en` of a code list, and what a company sets for all: `defaults.workingHours.mon.from`. */
function companyFieldText(field: string, language: Language): string | undefined {
  const [, code, name = ''] = /^codes\.(.+)\.([^.]+)$/.exec(field) ?? [];
  const ofCode = OF_CODES.get(name)?.[language];
  if (code !== undefined && ofCode !== undefined) return `${OTHERS.get('codes')?.[language]}, ${code}, ${ofCode}`;
  const [, setting] = /^defaults\.(.+)$/.exec(field) ?? [];
  const text = setting === undefined ? undefined : accountFieldText(setting, language);
  return text === undefined ? undefined : `${GROUPS.get('defaults')?.[language]}: ${text}`;
}

function accountFieldText(field: string, language: Language): string | undefined {
  const whole = ACCOUNT.get(field) ?? OTHERS.get(field) ?? GROUPS.get(field);
  if (whole) return whole[language];
  const [group = '', ...parts] = field.split('.');
  const texts = [GROUPS.get(group), ...parts.map((part) => PARTS.get(part))];
  return texts.every((text) => text !== undefined) ? texts.map((text) => text[language]).join(', ') : undefined;
}
