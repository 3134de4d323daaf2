import { field } from '../define-field.js';

/** Where the days of a rep begin and end. */
export const HOME = [
  field('home.street', 'text', ['Home, street', 'Wohnort, Straße'], {
    description: ['Street and house number of the home.', 'Straße und Hausnummer des Wohnorts.'],
    maxLength: 100,
    example: 'Lindengasse 7',
    synonyms: ['Home street', 'Street', 'Address', 'Straße', 'Strasse', 'Adresse', 'Straße und Hausnummer'],
  }),
  field('home.postalCode', 'text', ['Home, postal code', 'Wohnort, Postleitzahl'], {
    description: ['Text, so that leading zeros stay.', 'Text, damit führende Nullen erhalten bleiben.'],
    maxLength: 20,
    usableAsKey: true,
    example: '01067',
    synonyms: ['Home postal code', 'Postal code', 'ZIP', 'ZIP code', 'Postcode', 'Postleitzahl', 'PLZ'],
  }),
  field('home.city', 'text', ['Home, city', 'Wohnort, Stadt'], {
    description: ['Town or city of the home.', 'Ort oder Stadt des Wohnorts.'],
    maxLength: 100,
    usableAsKey: true,
    example: 'Dresden',
    synonyms: ['Home city', 'City', 'Town', 'Stadt', 'Ort', 'Wohnort'],
  }),
  field('home.state', 'text', ['Home, state', 'Wohnort, Bundesland'], {
    description: ['State, county or canton of the home.', 'Bundesland, Region oder Kanton des Wohnorts.'],
    maxLength: 60,
    example: 'Sachsen',
    synonyms: ['Home state', 'State', 'Province', 'Region', 'County', 'Bundesland', 'Kanton'],
  }),
  field('home.country', 'text', ['Home, country', 'Wohnort, Land'], {
    description: ['Name or code of the country.', 'Name oder Kürzel des Landes.'],
    maxLength: 60,
    example: 'DE',
    synonyms: ['Home country', 'Country', 'Country code', 'Land', 'Staat', 'LKZ'],
  }),
  field('home.latitude', 'number', ['Home, latitude', 'Wohnort, Breitengrad'], {
    description: [
      'Degrees, north positive; only together with the longitude.',
      'Grad, Norden positiv; nur zusammen mit dem Längengrad.',
    ],
    min: -90,
    max: 90,
    example: '51.0504',
    synonyms: ['Home latitude', 'Latitude', 'Lat', 'Breitengrad', 'Geografische Breite'],
  }),
  field('home.longitude', 'number', ['Home, longitude', 'Wohnort, Längengrad'], {
    description: [
      'Degrees, east positive; only together with the latitude.',
      'Grad, Osten positiv; nur zusammen mit dem Breitengrad.',
    ],
    min: -180,
    max: 180,
    example: '13.7373',
    synonyms: ['Home longitude', 'Longitude', 'Lng', 'Lon', 'Längengrad', 'Geografische Länge'],
  }),
];
