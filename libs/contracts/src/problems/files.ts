import { defineProblems } from '../problem.js';

/** What can be wrong with a file that should hold a table. */
export const FILE_PROBLEMS = defineProblems({
  file_missing: {
    status: 422,
    title: { en: 'No file', de: 'Keine Datei' },
    detail: {
      en: 'Send the file as the part "file" of a multipart/form-data request.',
      de: 'Senden Sie die Datei als Teil „file“ einer multipart/form-data-Anfrage.',
    },
  },
  file_empty: {
    status: 422,
    title: { en: 'Empty file', de: 'Leere Datei' },
    detail: { en: 'The file is empty.', de: 'Die Datei ist leer.' },
  },
  no_data_rows: {
    status: 422,
    title: { en: 'No data rows', de: 'Keine Datenzeilen' },
    detail: {
      en: 'The file has a header, but no row with data below it.',
      de: 'Die Datei hat eine Kopfzeile, aber keine Zeile mit Daten darunter.',
    },
  },
  file_too_large: {
    status: 413,
    title: { en: 'File too large', de: 'Datei zu groß' },
    detail: {
      en: 'The file is larger than {limitMegabytes, number} MB (at least {sizeMegabytes, number} MB were sent). Split it, or ask for a higher limit.',
      de: 'Die Datei ist größer als {limitMegabytes, number} MB (mindestens {sizeMegabytes, number} MB wurden gesendet). Teilen Sie sie, oder bitten Sie um ein höheres Limit.',
    },
  },
  too_many_rows: {
    status: 413,
    title: { en: 'Too many rows', de: 'Zu viele Zeilen' },
    detail: {
      en: 'The file has more than {limit, number} rows (at least {rows, number}). Split it, or ask for a higher limit.',
      de: 'Die Datei hat mehr als {limit, number} Zeilen (mindestens {rows, number}). Teilen Sie sie, oder bitten Sie um ein höheres Limit.',
    },
  },
  file_unreadable: {
    status: 422,
    title: { en: 'File cannot be read', de: 'Datei nicht lesbar' },
    detail: {
      en: 'The file cannot be read as {format}: {cut, select, yes {its end is missing, it was probably cut off on its way. Send it again, whole.} other {it is damaged, or not what its name says. Open it in a spreadsheet program, save it under a new name and send that. (For your IT: {reason})}}',
      de: 'Die Datei ist nicht als {format} lesbar: {cut, select, yes {Ihr Ende fehlt, vermutlich wurde sie unterwegs abgeschnitten. Senden Sie sie noch einmal, vollständig.} other {Sie ist beschädigt oder nicht das, was ihr Name sagt. Öffnen Sie sie in einem Tabellenprogramm, speichern Sie sie unter neuem Namen und senden Sie diese. (Für Ihre IT, auf Englisch: {reason})}}',
    },
  },
  unsupported_format: {
    status: 422,
    title: { en: 'Format not supported', de: 'Format nicht unterstützt' },
    detail: {
      en: 'This looks like {format}. Save it as XLSX, ODS or CSV and send it again.',
      de: 'Das sieht nach {format} aus. Speichern Sie die Datei als XLSX, ODS oder CSV und senden Sie sie noch einmal.',
    },
  },
  file_encrypted: {
    status: 422,
    title: { en: 'File has a password', de: 'Datei hat ein Kennwort' },
    detail: {
      en: 'The file is protected with a password. Save it without one and send it again.',
      de: 'Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne und senden Sie sie noch einmal.',
    },
  },
  sheet_not_found: {
    status: 422,
    title: { en: 'Sheet not found', de: 'Tabellenblatt nicht gefunden' },
    detail: {
      en: 'The file has no sheet {sheet}. It has: {sheets}.',
      de: 'Die Datei hat kein Tabellenblatt {sheet}. Sie hat: {sheets}.',
    },
  },
  no_sheets: {
    status: 422,
    title: { en: 'No sheet', de: 'Kein Tabellenblatt' },
    detail: {
      en: 'The file has no sheet with cells.',
      de: 'Die Datei hat kein Tabellenblatt mit Zellen.',
    },
  },
  doctype_forbidden: {
    status: 422,
    title: { en: 'Unsafe file', de: 'Unsichere Datei' },
    detail: {
      en: 'The file declares a document type of its own, which no spreadsheet program does. It is not read.',
      de: 'Die Datei erklärt einen eigenen Dokumenttyp, was kein Tabellenprogramm tut. Sie wird nicht gelesen.',
    },
  },
  too_many_entries: {
    status: 413,
    title: { en: 'Too many parts', de: 'Zu viele Teile' },
    detail: {
      en: 'The file is made of more than {limit} parts.',
      de: 'Die Datei besteht aus mehr als {limit} Teilen.',
    },
  },
  too_many_shared_strings: {
    status: 413,
    title: { en: 'Too many texts', de: 'Zu viele Texte' },
    detail: {
      en: 'The file has more than {limit} different texts.',
      de: 'Die Datei hat mehr als {limit} verschiedene Texte.',
    },
  },
  unpacks_too_large: {
    status: 413,
    title: { en: 'Too large when unpacked', de: 'Ausgepackt zu groß' },
    detail: {
      en: 'The file unpacks to more than {limit, number} bytes.',
      de: 'Die Datei wird ausgepackt größer als {limit, number} Bytes.',
    },
  },
  unpack_ratio_too_high: {
    status: 413,
    title: { en: 'Suspiciously packed', de: 'Verdächtig gepackt' },
    detail: {
      en: 'A part of the file unpacks to more than {limit, number} times its size. It is not read.',
      de: 'Ein Teil der Datei wird ausgepackt mehr als {limit, number}-mal so groß. Sie wird nicht gelesen.',
    },
  },
  too_many_columns: {
    status: 422,
    title: { en: 'Too many columns', de: 'Zu viele Spalten' },
    detail: {
      en: 'Row {row} has more than {limit} columns. Check the delimiter.',
      de: 'Zeile {row} hat mehr als {limit} Spalten. Prüfen Sie das Trennzeichen.',
    },
  },
  cell_too_long: {
    status: 422,
    title: { en: 'Cell too long', de: 'Zelle zu lang' },
    detail: {
      en: 'A cell in row {row} has more than {limit} characters.',
      de: 'Eine Zelle in Zeile {row} hat mehr als {limit} Zeichen.',
    },
  },
  unbalanced_quotes: {
    status: 422,
    title: { en: 'Quote never closed', de: 'Anführungszeichen nie geschlossen' },
    detail: {
      en: 'The quote that opens in row {row} is never closed.',
      de: 'Das Anführungszeichen, das in Zeile {row} beginnt, wird nie geschlossen.',
    },
  },
  cell_not_writable: {
    status: 422,
    title: { en: 'Value cannot be written', de: 'Wert nicht schreibbar' },
    detail: {
      en: 'Row {row}, column {column} holds a value that no file of this format can hold ({reason}).',
      de: 'Zeile {row}, Spalte {column} enthält einen Wert, den keine Datei dieses Formats aufnehmen kann ({reason}).',
    },
  },
  // Row 0: what is wrong stands in no row, but in a part that the rows refer to.
  wrong_encoding: {
    status: 422,
    title: { en: 'Wrong encoding', de: 'Falsche Zeichenkodierung' },
    detail: {
      en: '{row, plural, =0 {The file holds} other {Row {row} holds}} bytes that are not {encoding}. Choose the right encoding, or save the file as UTF-8.',
      de: '{row, plural, =0 {Die Datei} other {Zeile {row}}} enthält Bytes, die nicht {encoding} sind. Wählen Sie die richtige Kodierung, oder speichern Sie die Datei als UTF-8.',
    },
  },
});
