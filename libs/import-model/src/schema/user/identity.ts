import { field, readOnlyId } from '../define-field.js';
import type { SelectionOption } from '../field-schema.js';
import { LANGUAGE_OPTIONS } from './languages.js';

const LEVELS: readonly SelectionOption[] = [
  { code: '0', label: { en: 'User', de: 'Benutzer' }, words: ['Rep', 'Anwender', 'Außendienst'] },
  { code: '1', label: { en: 'Supervisor', de: 'Vorgesetzter' }, words: ['Manager', 'Vorgesetzte', 'Teamleiter'] },
  { code: '2', label: { en: 'Administrator', de: 'Administrator' }, words: ['Admin', 'Administratorin'] },
];

const ACCOUNT = [
  readOnlyId(),
  field('employeeNumber', 'text', ['Employee number', 'Personalnummer'], {
    description: [
      'Number of the person in your own system, unique in the company. Compared exactly; leading zeros stay.',
      'Nummer der Person im eigenen System, eindeutig in der Firma. Wird genau verglichen; führende Nullen bleiben.',
    ],
    maxLength: 64,
    usableAsKey: true,
    example: '00417',
    synonyms: ['Employee no.', 'Employee ID', 'Personnel number', 'Staff number', 'Personalnr.', 'Mitarbeiternummer'],
  }),
  field('email', 'email', ['E-mail', 'E-Mail'], {
    description: [
      'E-mail address, unique in the company whatever its letter case; the person signs in with it.',
      'E-Mail-Adresse, eindeutig in der Firma ohne Rücksicht auf Groß- und Kleinschreibung; damit meldet sich die Person an.',
    ],
    maxLength: 254,
    required: true,
    refusesEmpty: true,
    usableAsKey: true,
    ignoresCase: true,
    example: 'anna.berger@example.com',
    synonyms: ['Email', 'Email address', 'E-mail address', 'E-Mail-Adresse', 'Email-Adresse', 'Mail', 'User email'],
  }),
  field('username', 'text', ['Username', 'Benutzername'], {
    description: [
      'Name to sign in with, unique in the company whatever its letter case. Empty: made from the e-mail address.',
      'Anmeldename, eindeutig in der Firma ohne Rücksicht auf Groß- und Kleinschreibung. Leer: aus der E-Mail-Adresse gebildet.',
    ],
    maxLength: 50,
    usableAsKey: true,
    ignoresCase: true,
    example: 'anna.berger',
    synonyms: ['User name', 'Login', 'Login name', 'Anmeldename', 'Benutzerkennung'],
  }),
];

const NAMES = [
  field('displayName', 'text', ['Display name', 'Anzeigename'], {
    description: [
      'How the person is shown. Empty: first and last name.',
      'Wie die Person angezeigt wird. Leer: Vor- und Nachname.',
    ],
    maxLength: 101,
    usableAsKey: true,
    example: 'Anna Berger',
    synonyms: ['Full name', 'Name', 'Vollständiger Name'],
  }),
  field('title', 'text', ['Title', 'Titel'], {
    description: ['Academic title or the like.', 'Akademischer Titel oder Ähnliches.'],
    maxLength: 5,
    example: 'Dr.',
    synonyms: ['Akademischer Titel'],
  }),
  field('firstName', 'text', ['First name', 'Vorname'], {
    description: ['First name of the person.', 'Vorname der Person.'],
    maxLength: 50,
    required: true,
    refusesEmpty: true,
    usableAsKey: true,
    example: 'Anna',
    synonyms: ['Given name', 'Forename', 'Rufname'],
  }),
  field('lastName', 'text', ['Last name', 'Nachname'], {
    description: ['Last name of the person.', 'Nachname der Person.'],
    maxLength: 50,
    required: true,
    refusesEmpty: true,
    usableAsKey: true,
    example: 'Berger',
    synonyms: ['Surname', 'Family name', 'Familienname', 'Zuname'],
  }),
  field('mobile', 'phone', ['Mobile', 'Mobiltelefon'], {
    description: [
      'Digits, blanks and + ( ) - /. Access links by SMS go there.',
      'Ziffern, Leerzeichen und + ( ) - /. Dorthin gehen Zugangslinks per SMS.',
    ],
    maxLength: 20,
    usableAsKey: true,
    example: '+43 664 1234567',
    synonyms: ['Mobile phone', 'Cell', 'Cell phone', 'Handy', 'Mobil', 'Mobilnummer'],
  }),
  field('phone', 'phone', ['Phone', 'Telefon'], {
    description: ['Digits, blanks and + ( ) - /', 'Ziffern, Leerzeichen und + ( ) - /'],
    maxLength: 20,
    usableAsKey: true,
    example: '+43 316 8050-0',
    synonyms: ['Telephone', 'Phone number', 'Tel', 'Tel.', 'Telefonnummer', 'Festnetz'],
  }),
];

const RIGHTS = [
  field('language', 'selection', ['Language', 'Sprache'], {
    description: [
      "Language of everything that the person is shown and sent. Empty: the company's.",
      'Sprache von allem, was der Person gezeigt und geschickt wird. Leer: die der Firma.',
    ],
    options: LANGUAGE_OPTIONS,
    example: 'de',
    synonyms: ['Lang', 'Language code', 'Sprachcode'],
  }),
  field('authorizationLevel', 'selection', ['Authorization level', 'Berechtigungsstufe'], {
    description: [
      '0 user, 1 supervisor, 2 administrator, or the name.',
      '0 Benutzer, 1 Vorgesetzter, 2 Administrator, oder der Name.',
    ],
    options: LEVELS,
    default: '0',
    example: '1',
    synonyms: ['Level', 'Role', 'Authorization', 'Berechtigung', 'Rolle', 'Stufe', 'Berechtigungslevel'],
  }),
  field('hasOwnSchedule', 'yesNo', ['Own schedule', 'Eigener Besuchsplan'], {
    description: [
      'Yes: the person has customers and appointments of its own, and uses a licence. From yes to no removes them all.',
      'Ja: Die Person hat eigene Kunden und Termine und belegt eine Lizenz. Von Ja auf Nein werden sie alle entfernt.',
    ],
    default: true,
    example: 'yes',
    synonyms: ['Has own schedule', 'Schedule', 'Hat eigenen Besuchsplan', 'Eigene Termine', 'Besuchsplan', 'Lizenz'],
  }),
  field('userGroups', 'list', ['User groups', 'Benutzergruppen'], {
    description: ['Names of groups with ; between them.', 'Namen von Gruppen, durch ; getrennt.'],
    maxLength: 40,
    maxEntries: 97,
    example: 'North;Key accounts',
    synonyms: ['Groups', 'Group', 'User group', 'Team', 'Teams', 'Gruppen', 'Gruppe', 'Benutzergruppe'],
  }),
  field('loginEnabled', 'yesNo', ['Login enabled', 'Anmeldung erlaubt'], {
    description: [
      'No deactivates the account: nobody can sign in with it, its data stays.',
      'Nein deaktiviert das Konto: Niemand kann sich damit anmelden, die Daten bleiben.',
    ],
    default: true,
    example: 'yes',
    synonyms: ['Active', 'Enabled', 'Login active', 'Aktiv', 'Aktiviert', 'Login aktiv', 'Zugang'],
  }),
  field('notify', 'yesNo', ['Notify', 'Benachrichtigen'], {
    description: [
      'Yes: the access link is sent once the account was created. Says nothing to an account that exists.',
      'Ja: Der Zugangslink wird gesendet, sobald das Konto angelegt ist. Für ein bestehendes Konto ohne Bedeutung.',
    ],
    onlyOnCreation: true,
    example: 'no',
    synonyms: ['Send access link', 'Send invitation', 'Invite', 'Zugangslink senden', 'Einladen', 'Einladung senden'],
  }),
  field('note', 'multiline', ['Note', 'Notiz'], {
    description: ['For administrators only.', 'Nur für Administratoren.'],
    maxLength: 1000,
    example: 'Kommt im Herbst zurück.',
    synonyms: ['Notes', 'Comment', 'Remark', 'Notizen', 'Bemerkung', 'Kommentar', 'Anmerkung'],
  }),
];

export const IDENTITY = [...ACCOUNT, ...NAMES, ...RIGHTS];
