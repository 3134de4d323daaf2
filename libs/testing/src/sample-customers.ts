/**
 * Customers as a company might have them, the same for the same seed on every machine: what samples, benchmarks and tests
 * feed on. The texts hold what breaks naive readers: umlauts, emoji, quotes, delimiters, line breaks, leading zeros,
 * texts that look like formulas. Every value is valid.
 */
export interface SampleOptions {
  readonly rows: number;
  /** Rows go to `rep01@example.com` and so on, in turn. */
  readonly reps: number;
  readonly seed?: number;
  /** Only the first columns of {@link customerHeader}; at least 3 for the mapping to have its key and name. */
  readonly columns?: number;
}

/** Header text and target field, in the order of the file; the first column is the rep's. */
const COLUMNS = [
  ['Rep', undefined],
  ['Customer no.', 'externalId'],
  ['Name', 'name1'],
  ['Street', 'street'],
  ['Postal code', 'postalCode'],
  ['City', 'city'],
  ['Country', 'country'],
  ['First name', 'firstName'],
  ['Last name', 'lastName'],
  ['Phone', 'phone'],
  ['Mobile', 'mobile'],
  ['Email', 'email'],
  ['Latitude', 'latitude'],
  ['Longitude', 'longitude'],
  ['Call interval', 'callInterval'],
  ['Call duration', 'callDuration'],
  ['Category', 'category'],
  ['Do not call', 'doNotCall'],
  ['Last call', 'lastCall'],
  ['Notes', 'notes'],
] as const;

const KINDS = ['Bäckerei', 'Apotheke', 'Gasthof', 'Autohaus', 'Tischlerei', 'Weingut', 'Fleischerei', 'Blumen', 'Café', 'Hotel']; // prettier-ignore
const FORMS = ['GmbH', 'KG', 'e.U.', 'OG', '& Söhne', '& Cie', 'AG', 'GmbH & Co. KG'];
const FIRST_NAMES = ['Jörg', 'Käthe', 'Anna', 'Lukas', 'Zoë', 'Björn', 'Maria', 'Özlem', 'Günther', 'Sophie', 'Łukasz', 'Renée']; // prettier-ignore
const LAST_NAMES = ['Grünwald', 'Müller', 'Weiß', 'Huber', 'Nguyễn', "O'Brien", 'Çelik', 'Schönbächler', 'Novák', 'Pichler', 'Strauß', 'Maier']; // prettier-ignore
const STREETS = ['Lindengasse', 'Hauptstraße', 'Am Bächle', 'Kärntner Straße', 'Schloßallee', 'Großer Hirschgraben', 'Bahnhofplatz', 'An der Mühle']; // prettier-ignore
const PLACES = [
  ['1070', 'Wien', 'AT', 48.2016, 16.3487],
  ['8010', 'Graz', 'AT', 47.0707, 15.4395],
  ['5020', 'Salzburg', 'AT', 47.8095, 13.055],
  ['3100', 'St. Pölten', 'AT', 48.2058, 15.6232],
  ['6020', 'Innsbruck', 'AT', 47.2692, 11.4041],
  ['01067', 'Dresden', 'DE', 51.0504, 13.7373],
  ['04109', 'Leipzig', 'DE', 51.3397, 12.3731],
  ['80331', 'München', 'DE', 48.1372, 11.5755],
  ['50667', 'Köln', 'DE', 50.9375, 6.9603],
  ['90402', 'Nürnberg', 'DE', 49.4521, 11.0767],
  ['99084', 'Erfurt', 'DE', 50.9848, 11.0299],
  ['24103', 'Kiel', 'DE', 54.3233, 10.1228],
] as const;
const NOTES = [
  'Zufahrt über den Hof.',
  'Schlüssel beim Portier,\r\nklingeln bei "Büro"',
  'Mag Kaffee ☕ und Kuchen 🍰',
  '=SUMME(A1:A9) ist hier nur Text',
  'Rabatt: 5 %; ab 10 Stück 7 %',
  "'n Apfel und 'n Ei",
  '+43 anrufen, nicht mailen',
  'Zeile 1\nZeile 2\n\nZeile 4',
  '👩‍🍳 führt Küche & Einkauf – "Chefin"',
];

/** @param columns how many of the 20 columns */
export function customerHeader(columns: number = COLUMNS.length): string[] {
  return COLUMNS.slice(0, columns).map(([header]) => header);
}

/** The configuration document that goes with {@link customerHeader}: upsert by external id, reps by e-mail. */
export function customerMapping(columns: number = COLUMNS.length): object {
  const mappings = COLUMNS.slice(0, columns).flatMap(([SourceFieldID, TargetFieldID]) =>
    TargetFieldID ? [{ SourceFieldID, TargetFieldID, UpdateBehavior: TargetFieldID === 'externalId' ? 2 : 0 }] : [],
  );
  return {
    formatVersion: 1,
    entity: 'customer',
    mode: 'upsert',
    source: { format: 'csv', dateFormat: 'dd.MM.yyyy HH:mm', decimalSeparator: '.' },
    mappings,
    userMapping: { by: 'email', SourceFieldID: 'Rep' },
    options: { errorPolicy: 'validOnly', unknownReps: 'refuse' },
  };
}

/** @param no from 1 */
export function sampleRepEmail(no: number): string {
  return `rep${String(no).padStart(2, '0')}@example.com`;
}

/** The rows below the header, one array of cells each. */
export function* customerRows({ rows, reps, seed = 1, columns = COLUMNS.length }: SampleOptions): Generator<string[]> {
  const random = randomNumbers(seed);
  for (let no = 1; no <= rows; no++) {
    const cells = customer(no, sampleRepEmail(((no - 1) % reps) + 1), random);
    yield columns < cells.length ? cells.slice(0, columns) : cells;
  }
}

function customer(no: number, rep: string, random: () => number): string[] {
  const upTo = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]) => list[upTo(list.length)] as T;
  const seldom = (text: () => string) => (upTo(4) === 0 ? text() : '');
  const lastName = pick(LAST_NAMES);
  const [postalCode, city, country, latitude, longitude] = pick(PLACES);
  const prefix = country === 'AT' ? '+43' : '+49';
  const near = (degrees: number) => (degrees + (random() - 0.5) / 5).toFixed(5);
  return [
    rep,
    externalId(no),
    `${pick(KINDS)} ${lastName} ${pick(FORMS)}`,
    `${pick(STREETS)} ${1 + upTo(120)}`,
    postalCode,
    city,
    country,
    pick(FIRST_NAMES),
    lastName,
    `${prefix} ${100 + upTo(900)} ${10_000 + upTo(90_000)}-0`,
    seldom(() => `${prefix} 664 ${1_000_000 + upTo(9_000_000)}`),
    `kunde${no}@example.com`,
    near(latitude),
    near(longitude),
    pick(['7', '14', '28', '56', '90']),
    pick(['15', '30', '45', '60']),
    pick(['A', 'B', 'C']),
    upTo(20) === 0 ? 'ja' : 'nein',
    seldom(() => `${two(1 + upTo(28))}.${two(1 + upTo(12))}.2026 ${two(7 + upTo(11))}:${two(upTo(4) * 15)}`),
    seldom(() => pick(NOTES)),
  ];
}

/** Unique; number 7 is `007`. */
function externalId(no: number): string {
  switch (no % 4) {
    case 3:
      return `00${no}`;
    case 2:
      return `{${String(no).padStart(5, '0')}}`;
    case 1:
      return `${String(no).padStart(6, '0')}.A`;
    default:
      return `K-${String(no).padStart(6, '0')}`;
  }
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** Mulberry32: 32 bits of state, the same sequence everywhere. @returns numbers from 0 to less than 1 */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
