/** Header text and target field, in the order of the file. */
const COLUMNS = [
  ['Email', 'email'],
  ['Employee number', 'employeeNumber'],
  ['Title', 'title'],
  ['First name', 'firstName'],
  ['Last name', 'lastName'],
  ['Phone', 'phone'],
  ['Mobile', 'mobile'],
  ['Language', 'language'],
  ['Level', 'authorizationLevel'],
  ['Own schedule', 'hasOwnSchedule'],
  ['Groups', 'userGroups'],
  ['Note', 'note'],
  ['Street', 'home.street'],
  ['Postal code', 'home.postalCode'],
  ['City', 'home.city'],
  ['Country', 'home.country'],
  ['Latitude', 'home.latitude'],
  ['Longitude', 'home.longitude'],
  ['Monday from', 'workingHours.mon.from'],
  ['Monday to', 'workingHours.mon.to'],
] as const;

const FIRST_NAMES = ['Jörg', 'Käthe', 'Anna', 'Lukas', 'Zoë', 'Björn', 'Maria', 'Özlem', 'Günther', 'Sophie', 'Łukasz', 'Renée']; // prettier-ignore
const LAST_NAMES = ['Grünwald', 'Müller', 'Weiß', 'Huber', 'Nguyễn', "O'Brien", 'Çelik', 'Schönbächler', 'Novák', 'Pichler', 'Strauß', 'Maier']; // prettier-ignore
const STREETS = ['Lindengasse', 'Hauptstraße', 'Am Bächle', 'Kärntner Straße', 'Schloßallee', 'Bahnhofplatz', 'An der Mühle']; // prettier-ignore
const NOTES = [
  '',
  '',
  '',
  'Bis März in Karenz',
  'Firmenwagen "Kombi"; Winterreifen',
  'spricht Türkisch ☕',
  'Zeile 1\nZeile 2',
];
const REGIONS = 60;
const TEAMS = 120;

export const USER_COLUMNS = COLUMNS.length;

/** The configuration document that goes with {@link userTable}: upsert by e-mail, groups are made. */
export function userMapping(): object {
  const mappings = COLUMNS.map(([SourceFieldID, TargetFieldID]) => ({ SourceFieldID, TargetFieldID }));
  const source = { format: 'csv', decimalSeparator: '.' };
  return { formatVersion: 1, entity: 'user', mode: 'upsert', source, mappings, options: { unknownGroups: 'create' } };
}

/** Accounts as a company might have them; every second with a schedule of its own. @param phones grows: all get another number */
export function* userTable(rows: number, phones = 0): Generator<string[]> {
  yield COLUMNS.map(([header]) => header);
  for (let no = 1; no <= rows; no++) yield user(no, phones);
}

function user(no: number, phones: number): string[] {
  const pick = (list: readonly string[], salt: number) => list[Math.floor(no / salt) % list.length] ?? '';
  const [first, last] = [pick(FIRST_NAMES, 1), pick(LAST_NAMES, 12)];
  const plain = `${first}.${last}`.normalize('NFKD').replaceAll(/[^A-Za-z.]/g, '').toLowerCase(); // prettier-ignore
  return [
    `${plain}${no}@example.com`,
    String(no).padStart(6, '0'),
    no % 9 === 0 ? 'Dr.' : '',
    first,
    last,
    `+43 1 ${1_000_000 + no + phones * 1_000_000}`,
    no % 4 === 0 ? `+43 664 ${1_000_000 + no}` : '',
    no % 3 === 0 ? 'en' : 'de',
    no % 50 === 1 ? '1' : '0',
    no % 2 === 0 ? 'ja' : 'nein',
    `Region ${1 + (no % REGIONS)};Team ${1 + (no % TEAMS)}`,
    pick(NOTES, 1),
    `${pick(STREETS, 5)} ${1 + (no % 120)}`,
    String(1000 + (no % 9000)),
    pick(['Wien', 'Graz', 'Salzburg', 'St. Pölten', 'Innsbruck'], 3),
    'AT',
    (46.5 + (no % 20_000) / 10_000).toFixed(5),
    (9.6 + (no % 70_000) / 10_000).toFixed(5),
    no % 5 === 0 ? '07:30' : '08:00',
    no % 5 === 0 ? '15:30' : '17:00',
  ];
}
