export type BenchCell =
  | { kind: 'text'; text: string }
  | { kind: 'number' | 'percent'; value: number }
  | { kind: 'date' | 'dateTime'; day: Date }
  | { kind: 'boolean'; value: boolean }
  | undefined;

export const HEADER = [
  ...['Kundennummer', 'Firma', 'Anrede', 'Vorname', 'Nachname', 'Straße', 'PLZ', 'Ort', 'Land', 'Telefon'],
  ...[
    'E-Mail',
    'Kunde seit',
    'Letzter Besuch',
    'Umsatz',
    'Rabatt',
    'Menge',
    'Aktiv',
    'Gruppe',
    'Vertreter',
    'Bemerkung',
  ],
];

const FIRST = ['Jürgen', 'Käthe', 'Søren', 'Zoë', 'Björn', 'Françoise', 'Anna', 'Max', 'Łukasz', 'Ingrid'];
const LAST = ['Müller', 'Größl', 'Weiß', 'Öztürk', 'Nägele', 'Huber', 'Schröder', 'Jäger', 'Strauß', 'Bauer'];
const PLACES = ['Wörgl', 'Köln', 'Düsseldorf', 'Wien', 'Zürich', 'Görlitz', 'St. Pölten', 'Fürth', 'Lübeck', 'Graz'];
const STREETS = ['Hauptstraße', 'Königsallee', 'Am Grünen Weg', 'Gänsemarkt', 'Bahnhofstraße'];
const REMARKS = ['ruft zurück', 'Lieferung & Rückgabe nur <vormittags>', 'bevorzugt Barzahlung; kein "Skonto"'];
const DAY_MS = 86_400_000;

/** A customer as German-speaking companies keep them. The same for the same number. */
export function customer(no: number): BenchCell[] {
  const dice = (sides: number, salt: number): number => ((no * 2_654_435_761 + salt * 40_503) >>> 7) % sides;
  const pick = (texts: readonly string[], salt: number): string => texts[dice(texts.length, salt)] ?? '';
  const [first, last] = [pick(FIRST, 1), pick(LAST, 2)];
  return [
    text(String(no).padStart(8, '0')),
    text(`${last} & Söhne ${no} GmbH`),
    text(dice(2, 3) === 0 ? 'Herr' : 'Frau'),
    text(first),
    text(last),
    text(`${pick(STREETS, 4)} ${1 + dice(200, 5)}`),
    text(String(1_000 + dice(98_000, 6)).padStart(5, '0')),
    text(pick(PLACES, 7)),
    text('AT'),
    text(`+43 1 ${1_000_000 + no}`),
    text(`kunde.${no}@example.com`),
    { kind: 'date', day: new Date(Date.UTC(1995, 0, 1) + dice(10_000, 8) * DAY_MS) },
    { kind: 'dateTime', day: new Date(Date.UTC(2024, 0, 1, 8) + dice(400_000, 9) * 60_000) },
    { kind: 'number', value: dice(10_000_000, 10) / 100 },
    { kind: 'percent', value: dice(20, 11) / 100 },
    { kind: 'number', value: dice(500, 12) },
    { kind: 'boolean', value: dice(2, 13) === 0 },
    text(`Gruppe ${'ABC'[dice(3, 14)]}`),
    text(`rep${dice(50, 15)}@example.com`),
    dice(4, 16) === 0 ? text(pick(REMARKS, 17)) : undefined,
  ];
}

function text(value: string): BenchCell {
  return { kind: 'text', text: value };
}
