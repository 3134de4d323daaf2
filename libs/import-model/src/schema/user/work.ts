import type { Texts } from '@muster/contracts';
import { field } from '../define-field.js';
import type { FieldSchema, SelectionOption } from '../field-schema.js';

const DAYS: Readonly<Record<string, Texts>> = {
  mon: { en: 'Monday', de: 'Montag' },
  tue: { en: 'Tuesday', de: 'Dienstag' },
  wed: { en: 'Wednesday', de: 'Mittwoch' },
  thu: { en: 'Thursday', de: 'Donnerstag' },
  fri: { en: 'Friday', de: 'Freitag' },
  sat: { en: 'Saturday', de: 'Samstag' },
  sun: { en: 'Sunday', de: 'Sonntag' },
};

const ENDS = [
  { end: 'from', label: { en: 'from', de: 'von' }, example: '08:30' },
  { end: 'to', label: { en: 'to', de: 'bis' }, example: '17:00' },
] as const;

function hours(day: string, { en, de }: Texts): FieldSchema[] {
  return ENDS.map(({ end, label, example }) =>
    field(
      `workingHours.${day}.${end}`,
      'workingTime',
      [`Working hours, ${en}, ${label.en}`, `Arbeitszeit, ${de}, ${label.de}`],
      {
        description: [
          "Time such as 08:30, or closed for a day off. Empty: the company's.",
          'Uhrzeit wie 08:30, oder geschlossen für einen freien Tag. Leer: die der Firma.',
        ],
        example,
        synonyms: [
          `${en} ${label.en}`,
          `${de} ${label.de}`,
          `Working hours ${en} ${label.en}`,
          `Arbeitszeit ${de} ${label.de}`,
        ],
      },
    ),
  );
}

const BREAK_MODES: readonly SelectionOption[] = [
  { code: 'none', label: { en: 'No break', de: 'Keine Pause' }, words: ['No', 'Nein', 'Keine'] },
  { code: 'fixed', label: { en: 'Fixed', de: 'Fest' } },
  { code: 'flexible', label: { en: 'Flexible', de: 'Flexibel' } },
];

const BREAK = [
  field('workBreak.mode', 'selection', ['Break, kind', 'Pause, Art'], {
    description: [
      'fixed: from one time to another; flexible: so many minutes between two times.',
      'fest: von einer Uhrzeit bis zu einer anderen; flexibel: so viele Minuten zwischen zwei Uhrzeiten.',
    ],
    options: BREAK_MODES,
    example: 'flexible',
    synonyms: ['Break mode', 'Break', 'Pausenart', 'Pause'],
  }),
  field('workBreak.from', 'time', ['Break, from', 'Pause, von'], {
    description: ['Time at which it begins at the earliest.', 'Uhrzeit, zu der sie frühestens beginnt.'],
    example: '12:00',
    synonyms: ['Break from', 'Pause von'],
  }),
  field('workBreak.to', 'time', ['Break, to', 'Pause, bis'], {
    description: ['Time at which it ends at the latest.', 'Uhrzeit, zu der sie spätestens endet.'],
    example: '13:00',
    synonyms: ['Break to', 'Pause bis'],
  }),
  field('workBreak.minutes', 'integer', ['Break, minutes', 'Pause, Minuten'], {
    description: ['How long it is.', 'Wie lange sie dauert.'],
    min: 0,
    max: 480,
    example: '30',
    synonyms: ['Break minutes', 'Break duration', 'Pausenminuten', 'Pausendauer'],
  }),
];

function number(
  id: string,
  label: readonly [string, string],
  description: readonly [string, string],
  example: string,
  max: number,
  min = 0,
): FieldSchema {
  const synonyms = [...new Set([label[0].replace(',', ''), label[1].replace(',', '')])];
  return field(id, 'integer', label, { description, min, max, example, synonyms });
}

const TRAVEL = [
  number(
    'overnight.days',
    ['Overnight, days', 'Übernachtung, Tage'],
    ['Days in a row away from home.', 'Tage hintereinander außer Haus.'],
    '2',
    31,
  ),
  number(
    'overnight.minDistance',
    ['Overnight, least distance', 'Übernachtung, Mindestentfernung'],
    [
      'Kilometres from home from which on nights are spent away.',
      'Kilometer vom Wohnort, ab denen auswärts übernachtet wird.',
    ],
    '80',
    5000,
  ),
  number(
    'overnight.minMinutes',
    ['Overnight, least travel time', 'Übernachtung, Mindestfahrzeit'],
    [
      'Minutes of driving home from which on nights are spent away.',
      'Minuten Heimfahrt, ab denen auswärts übernachtet wird.',
    ],
    '90',
    1440,
  ),
  number(
    'overnight.maxTravelMinutes',
    ['Overnight, most travel time', 'Übernachtung, Höchstfahrzeit'],
    ['Minutes of driving to a hotel at most.', 'Minuten Fahrt zum Hotel, höchstens.'],
    '30',
    1440,
  ),
  ...(
    [
      ['city', 'city', 'Stadt'],
      ['country', 'country', 'Land'],
      ['highway', 'motorway', 'Autobahn'],
    ] as const
  ).map(([road, en, de]) =>
    number(
      `drivingSpeed.${road}`,
      [`Driving speed, ${en}`, `Fahrgeschwindigkeit, ${de}`],
      ['Per cent faster or slower than usual.', 'Prozent schneller oder langsamer als üblich.'],
      '-10',
      50,
      -50,
    ),
  ),
];

const PRESETS = [
  number(
    'defaults.callInterval',
    ['Defaults, call interval', 'Voreinstellungen, Besuchsintervall'],
    ['Days between two calls on a new customer.', 'Tage zwischen zwei Besuchen eines neuen Kunden.'],
    '28',
    3650,
  ),
  number(
    'defaults.callDuration',
    ['Defaults, call duration', 'Voreinstellungen, Besuchsdauer'],
    ['Minutes of a call on a new customer.', 'Minuten eines Besuchs bei einem neuen Kunden.'],
    '45',
    1440,
  ),
  field('defaults.businessHours', 'text', ['Defaults, business hours', 'Voreinstellungen, Geschäftszeiten'], {
    description: ['Business hours of a new customer.', 'Geschäftszeiten eines neuen Kunden.'],
    maxLength: 200,
    example: 'Mo-Fr 08:00-12:00',
    synonyms: ['Business hours', 'Geschäftszeiten', 'Öffnungszeiten'],
  }),
];

/** Working time and travel; what is empty is the company's. */
export const WORK = [
  ...Object.entries(DAYS).flatMap(([day, name]) => hours(day, name)),
  ...BREAK,
  ...TRAVEL,
  ...PRESETS,
];
