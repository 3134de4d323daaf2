import { field } from './define-field.js';

/** An address as customers and appointments have it. */
export const ADDRESS = [
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

/** Coordinates go in pairs. */
export const COORDINATES = { fields: ['latitude', 'longitude'], code: 'coordinates_incomplete' } as const;
