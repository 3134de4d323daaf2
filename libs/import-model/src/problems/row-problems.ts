import type { Texts } from '@muster/contracts';
import { RECORD_PROBLEMS } from './record-problems.js';
import { ACCOUNT_PROBLEMS } from './account-problems.js';

/** ICU: what a value should have looked like; see `ExpectedForm`. */
const FORM_EN = `{expected, select,
  identifier {letters, digits, dots and - _ '{' '}' only}
  integer {a whole number}
  minutes {whole minutes such as 90, or hours and minutes such as 1:30}
  number {a number}
  range {a number from {min} to {max}}
  yesNo {yes or no}
  date {a date such as 2026-12-31 or 31.12.2026}
  dateTime {a date and time such as 2026-12-31 14:30 or 31.12.2026 14:30}
  time {a time such as 14:30}
  workingTime {a time such as 08:30, or closed}
  pattern {a date written as {pattern}}
  phone {digits, blanks and + ( ) - / only}
  email {one e-mail address}
  link {a web address}
  other {another form}}`;
const FORM_DE = `{expected, select,
  identifier {nur Buchstaben, Ziffern, Punkte und - _ '{' '}'}
  integer {eine ganze Zahl}
  minutes {ganze Minuten wie 90, oder Stunden und Minuten wie 1:30}
  number {eine Zahl}
  range {eine Zahl von {min} bis {max}}
  yesNo {Ja oder Nein}
  date {ein Datum wie 31.12.2026 oder 2026-12-31}
  dateTime {Datum und Uhrzeit wie 31.12.2026 14:30 oder 2026-12-31 14:30}
  time {eine Uhrzeit wie 14:30}
  workingTime {eine Uhrzeit wie 08:30, oder geschlossen}
  pattern {ein Datum in der Form {pattern}}
  phone {nur Ziffern, Leerzeichen und + ( ) - /}
  email {eine E-Mail-Adresse}
  link {eine Internetadresse}
  other {eine andere Form}}`;

/** What can be wrong with the value of one cell. */
const CELL_PROBLEMS = {
  required: {
    en: 'This field cannot be empty.',
    de: 'Dieses Feld darf nicht leer sein.',
  },
  invalid_value: {
    en: `"{value}" cannot be read here. Expected: ${FORM_EN}.`,
    de: `„{value}“ ist hier nicht lesbar. Erwartet: ${FORM_DE}.`,
  },
  too_long: {
    en: 'The text has {length} characters, {limit} are allowed.',
    de: 'Der Text hat {length} Zeichen, erlaubt sind {limit}.',
  },
  invalid_character: {
    en: 'The text holds {character, select, nul {an invisible character (NUL)} other {a damaged character}}, which cannot be stored. Type the text anew.',
    de: 'Der Text enthält ein {character, select, nul {unsichtbares Zeichen (NUL)} other {beschädigtes Zeichen}}, das sich nicht speichern lässt. Geben Sie den Text neu ein.',
  },
  error_cell: {
    en: `{narrow, select,
      yes {The cell holds {value} instead of its value: the column was too narrow when a spreadsheet saved the file. Widen it there and save again, or type the value.}
      other {The cell shows the error {value} instead of a value. Correct its formula, or type the value.}}`,
    de: `{narrow, select,
      yes {Die Zelle enthält {value} statt ihres Werts: Die Spalte war zu schmal, als eine Tabellenkalkulation die Datei speicherte. Machen Sie sie dort breiter und speichern Sie neu, oder tragen Sie den Wert ein.}
      other {Die Zelle zeigt den Fehler {value} statt eines Werts. Berichtigen Sie ihre Formel oder tragen Sie den Wert ein.}}`,
  },
  value_taken: {
    en: 'Another record already has this value, which only one can have.',
    de: 'Ein anderer Datensatz hat diesen Wert bereits, den nur einer haben kann.',
  },
  external_id_fixed: {
    en: 'The external id of this record is set already and cannot be changed.',
    de: 'Die externe ID dieses Datensatzes ist bereits gesetzt und lässt sich nicht mehr ändern.',
  },
  extra_cells: {
    en: 'The row has more cells than the header has columns; the file may have a delimiter or a quote too many here.',
    de: 'Die Zeile hat mehr Zellen als die Kopfzeile Spalten; vermutlich steht hier ein Trennzeichen oder Anführungszeichen zu viel.',
  },
  row_cut_off: {
    en: 'The file ends within this row: cells are missing, and the line end. It was probably cut off on its way; send it whole.',
    de: 'Die Datei endet in dieser Zeile: Es fehlen Zellen und das Zeilenende. Vermutlich wurde sie unterwegs abgeschnitten; senden Sie sie vollständig.',
  },
} as const satisfies Record<string, Texts>;

/** What can be wrong with telling which record a row means. */
const KEY_PROBLEMS = {
  key_empty: {
    en: 'The cell that says which record is meant is empty.',
    de: 'Die Zelle, die sagt, welcher Datensatz gemeint ist, ist leer.',
  },
  key_not_found: {
    en: 'No record has this value. The row was passed over, since this import only changes what there is.',
    de: 'Kein Datensatz hat diesen Wert. Die Zeile wurde übergangen, denn dieser Import ändert nur, was es schon gibt.',
  },
  unknown_id: {
    en: 'No record that this row can mean has this id. Ids are given by the system; what is new has none.',
    de: 'Kein Datensatz, den diese Zeile meinen kann, hat diese ID. IDs vergibt das System; was neu ist, hat noch keine.',
  },
  duplicate_key: {
    en: 'A record with this value exists already, and this import only creates new ones.',
    de: 'Einen Datensatz mit diesem Wert gibt es bereits, und dieser Import legt nur neue an.',
  },
  ambiguous_key: {
    en: '{count} records have this value, so the row does not say which one it means.',
    de: '{count} Datensätze haben diesen Wert, daher sagt die Zeile nicht, welchen sie meint.',
  },
  duplicate_in_file: {
    en: 'A value that only one row can have stands in other rows of the file too: {rows}.',
    de: 'Ein Wert, den nur eine Zeile haben kann, steht auch in anderen Zeilen der Datei: {rows}.',
  },
} as const satisfies Record<string, Texts>;

/** What can be wrong with telling whose record a row is. */
const REP_PROBLEMS = {
  rep_not_found: {
    en: 'There is no rep "{value}". {near, select, yes {Did you mean "{nearest}"?} other {Check the spelling, upper and lower case too.}}',
    de: 'Es gibt keinen Mitarbeiter „{value}“. {near, select, yes {Meinten Sie „{nearest}“?} other {Prüfen Sie die Schreibweise, auch Groß- und Kleinbuchstaben.}}',
  },
  rep_missing: {
    en: 'The row does not say to which rep it belongs.',
    de: 'Die Zeile sagt nicht, zu welchem Mitarbeiter sie gehört.',
  },
  rep_without_schedule: {
    en: 'The account of this rep has no schedule of its own and therefore no records.',
    de: 'Das Konto dieses Mitarbeiters hat keinen eigenen Besuchsplan und daher keine Datensätze.',
  },
  rep_excluded: {
    en: 'This rep was left out of the import.',
    de: 'Dieser Mitarbeiter wurde vom Import ausgenommen.',
  },
  rep_skipped: {
    en: 'This rep was skipped.',
    de: 'Dieser Mitarbeiter wurde übersprungen.',
  },
} as const satisfies Record<string, Texts>;

const FAULTS_OF_OURS = {
  unexpected_error: {
    en: 'The row could not be stored because of an error on our side. Nothing of it was written; try again.',
    de: 'Die Zeile konnte wegen eines Fehlers auf unserer Seite nicht gespeichert werden. Nichts davon wurde geschrieben; versuchen Sie es erneut.',
  },
} as const satisfies Record<string, Texts>;

/** The catalogue by what its problems are about. */
export const ROW_PROBLEM_GROUPS = {
  cells: CELL_PROBLEMS,
  keys: KEY_PROBLEMS,
  reps: REP_PROBLEMS,
  records: RECORD_PROBLEMS,
  accounts: ACCOUNT_PROBLEMS,
  ours: FAULTS_OF_OURS,
} as const;

/** The closed catalogue of row problems: code -> ICU message whose parameters come with the problem. */
export const ROW_PROBLEMS = {
  ...CELL_PROBLEMS,
  ...RECORD_PROBLEMS,
  ...ACCOUNT_PROBLEMS,
  ...KEY_PROBLEMS,
  ...REP_PROBLEMS,
  ...FAULTS_OF_OURS,
};
export type RowProblemCode = keyof typeof ROW_PROBLEMS;
