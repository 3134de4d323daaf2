import { field, readOnlyId } from './define-field.js';
import type { EntitySchema } from './field-schema.js';

const RECORD_FIELDS = [
  readOnlyId(),
  field('externalId', 'identifier', ['External ID', 'Externe ID'], {
    description: [
      "The record's number in your own system, unique per rep. Cannot be changed once it is set.",
      'Nummer des Datensatzes im eigenen System, eindeutig je Mitarbeiter. Nach dem Setzen nicht mehr änderbar.',
    ],
    maxLength: 40,
    usableAsKey: true,
    fixedOnceSet: true,
    example: '0010-A7',
    synonyms: [
      'Customer number',
      'Customer no.',
      'Customer ID',
      'Kundennummer',
      'Kundennr.',
      'Kunden-Nr.',
      'ERP ID',
      'ID extern',
    ],
  }),
];

const NAMES = [
  field('name1', 'text', ['Name', 'Name'], {
    description: ['Name of the company or person, first line.', 'Name der Firma oder Person, erste Zeile.'],
    maxLength: 100,
    required: true,
    usableAsKey: true,
    example: 'Sanatorium Maria Hilf',
    synonyms: ['Name 1', 'Company', 'Company name', 'Customer', 'Firma', 'Firmenname', 'Kunde', 'Kundenname'],
  }),
  field('name2', 'text', ['Name 2', 'Name 2'], {
    description: ['Second line of the name.', 'Zweite Zeile des Namens.'],
    maxLength: 100,
    usableAsKey: true,
    example: 'Abteilung Einkauf',
    synonyms: ['Department', 'Abteilung', 'Namenszusatz', 'Firma 2'],
  }),
  field('name3', 'text', ['Name 3', 'Name 3'], {
    description: ['Third line of the name.', 'Dritte Zeile des Namens.'],
    maxLength: 100,
    usableAsKey: true,
    example: 'Haus B',
    synonyms: ['Namenszusatz 2', 'Firma 3'],
  }),
  field('salutation', 'text', ['Salutation', 'Anrede'], {
    description: ['How the contact person is addressed.', 'Wie die Ansprechperson angeredet wird.'],
    maxLength: 50,
    example: 'Frau Dr.',
    synonyms: ['Title', 'Titel'],
  }),
  field('firstName', 'text', ['First name', 'Vorname'], {
    description: ['First name of the contact person.', 'Vorname der Ansprechperson.'],
    maxLength: 50,
    usableAsKey: true,
    example: 'Jörg',
    synonyms: ['Given name', 'Contact first name'],
  }),
  field('lastName', 'text', ['Last name', 'Nachname'], {
    description: ['Last name of the contact person.', 'Nachname der Ansprechperson.'],
    maxLength: 50,
    usableAsKey: true,
    example: 'Grünwald',
    synonyms: ['Surname', 'Family name', 'Familienname', 'Zuname', 'Ansprechpartner', 'Contact'],
  }),
];

const ADDRESS = [
  field('street', 'text', ['Street', 'Straße'], {
    description: ['Street and house number.', 'Straße und Hausnummer.'],
    maxLength: 100,
    usableAsKey: true,
    example: 'Lindengasse 7',
    synonyms: ['Address', 'Adresse', 'Strasse', 'Straße und Hausnummer'],
  }),
  field('postalCode', 'text', ['Postal code', 'Postleitzahl'], {
    description: ['Text, so that leading zeros stay.', 'Text, damit führende Nullen erhalten bleiben.'],
    maxLength: 20,
    usableAsKey: true,
    example: '01067',
    synonyms: ['ZIP', 'ZIP code', 'Postcode', 'PLZ'],
  }),
  field('city', 'text', ['City', 'Ort'], {
    description: ['Town or city.', 'Ort oder Stadt.'],
    maxLength: 100,
    usableAsKey: true,
    example: 'Dresden',
    synonyms: ['Town', 'Stadt', 'Wohnort'],
  }),
  field('state', 'text', ['State', 'Bundesland'], {
    description: ['State, county or canton.', 'Bundesland, Region oder Kanton.'],
    maxLength: 60,
    example: 'Sachsen',
    synonyms: ['Province', 'Region', 'County', 'Kanton'],
  }),
  field('country', 'text', ['Country', 'Land'], {
    description: ['Name or code of the country.', 'Name oder Kürzel des Landes.'],
    maxLength: 60,
    example: 'DE',
    synonyms: ['Country code', 'Staat', 'Länderkennzeichen', 'LKZ'],
  }),
  field('latitude', 'number', ['Latitude', 'Breitengrad'], {
    description: [
      'Degrees, north positive; only together with the longitude.',
      'Grad, Norden positiv; nur zusammen mit dem Längengrad.',
    ],
    min: -90,
    max: 90,
    example: '51.0504',
    synonyms: ['Lat', 'Geo latitude', 'Geografische Breite', 'Breite'],
  }),
  field('longitude', 'number', ['Longitude', 'Längengrad'], {
    description: [
      'Degrees, east positive; only together with the latitude.',
      'Grad, Osten positiv; nur zusammen mit dem Breitengrad.',
    ],
    min: -180,
    max: 180,
    example: '13.7373',
    synonyms: ['Lng', 'Lon', 'Long', 'Geo longitude', 'Geografische Länge', 'Länge'],
  }),
];

const CONTACT = [
  field('phone', 'phone', ['Phone', 'Telefon'], {
    description: ['Digits, blanks and + ( ) - /', 'Ziffern, Leerzeichen und + ( ) - /'],
    maxLength: 40,
    usableAsKey: true,
    example: '+43 316 8050-0',
    synonyms: ['Telephone', 'Phone number', 'Tel', 'Tel.', 'Telefonnummer', 'Festnetz'],
  }),
  field('mobile', 'phone', ['Mobile', 'Mobiltelefon'], {
    description: ['Digits, blanks and + ( ) - /', 'Ziffern, Leerzeichen und + ( ) - /'],
    maxLength: 40,
    usableAsKey: true,
    example: '+43 664 1234567',
    synonyms: ['Mobile phone', 'Cell', 'Cell phone', 'Handy', 'Mobil', 'Mobilnummer'],
  }),
  field('email', 'email', ['Email', 'E-Mail'], {
    description: ['One e-mail address.', 'Eine E-Mail-Adresse.'],
    maxLength: 254,
    usableAsKey: true,
    example: 'einkauf@example.com',
    synonyms: ['E-mail', 'Email address', 'E-Mail-Adresse', 'Email-Adresse', 'Mail'],
  }),
  field('website', 'link', ['Website', 'Webseite'], {
    description: ['Address of the web site.', 'Adresse der Webseite.'],
    maxLength: 255,
    example: 'www.example.com',
    synonyms: ['Web', 'Homepage', 'URL', 'Internet'],
  }),
];

const VISITS = [
  field('callInterval', 'integer', ['Call interval', 'Besuchsintervall'], {
    description: [
      'Days between two calls; 0: no regular calls.',
      'Tage zwischen zwei Besuchen; 0: keine regelmäßigen Besuche.',
    ],
    min: 0,
    max: 3650,
    example: '28',
    synonyms: ['Call interval (days)', 'Visit interval', 'Besuchsintervall (Tage)', 'Intervall', 'Besuchsrhythmus'],
  }),
  field('callDuration', 'integer', ['Call duration', 'Besuchsdauer'], {
    description: ['Minutes of a call.', 'Minuten eines Besuchs.'],
    min: 0,
    max: 1440,
    example: '45',
    synonyms: ['Call duration (minutes)', 'Visit duration', 'Besuchsdauer (Minuten)', 'Dauer'],
  }),
  field('category', 'text', ['Category', 'Kategorie'], {
    description: ['Any classification, such as A, B, C.', 'Beliebige Einteilung, etwa A, B, C.'],
    maxLength: 50,
    example: 'A',
    synonyms: ['Class', 'Segment', 'Klasse', 'Kundengruppe', 'ABC'],
  }),
  field('notes', 'multiline', ['Notes', 'Notizen'], {
    description: ['Free text, also of several lines.', 'Freier Text, auch mehrzeilig.'],
    maxLength: 4000,
    example: 'Zufahrt über den Hof.',
    synonyms: ['Note', 'Comment', 'Remarks', 'Notiz', 'Bemerkung', 'Bemerkungen', 'Kommentar', 'Anmerkung'],
  }),
  field('businessHours', 'text', ['Business hours', 'Öffnungszeiten'], {
    description: ['When the customer can be called on.', 'Wann der Kunde besucht werden kann.'],
    maxLength: 200,
    example: 'Mo-Fr 08:00-12:00, 14:00-17:00',
    synonyms: ['Opening hours', 'Hours', 'Geschäftszeiten', 'Besuchszeiten'],
  }),
  field('doNotCall', 'yesNo', ['Do not call', 'Nicht besuchen'], {
    description: ['Yes: no calls are planned.', 'Ja: Es werden keine Besuche geplant.'],
    default: false,
    example: 'no',
    synonyms: ['No calls', 'Blocked', 'Besuchssperre', 'Gesperrt', 'Kein Besuch'],
  }),
  field('lastCall', 'dateTime', ['Last call', 'Letzter Besuch'], {
    description: ['Date and time of the last call.', 'Datum und Uhrzeit des letzten Besuchs.'],
    example: '2026-03-14 09:30',
    synonyms: ['Last visit', 'Last call date', 'Letzter Besuch am', 'Letztes Besuchsdatum'],
  }),
];

export const CUSTOMER: EntitySchema = {
  name: 'customer',
  label: { en: 'Customers', de: 'Kunden' },
  modes: ['create', 'update', 'upsert'],
  fields: [...RECORD_FIELDS, ...NAMES, ...ADDRESS, ...CONTACT, ...VISITS],
  presetKeys: ['id', 'externalId'],
  unique: [
    { name: 'id', fields: ['id'], perRep: false },
    { name: 'externalId', fields: ['externalId'], perRep: true },
  ],
  together: [{ fields: ['latitude', 'longitude'], code: 'coordinates_incomplete' }],
};
