import { defineProblems } from '../problem.js';

/** What can be wrong with an upload that is sent in parts. */
export const IMPORT_PART_PROBLEMS = defineProblems({
  parts_closed: {
    status: 409,
    title: { en: 'No more parts', de: 'Keine weiteren Teile' },
    detail: {
      en: 'This import takes no parts: all of them are in, or it was not opened for parts.',
      de: 'Dieser Import nimmt keine Teile an: Es sind schon alle da, oder er wurde nicht für Teile geöffnet.',
    },
  },
  parts_open: {
    status: 409,
    title: { en: 'Parts are missing', de: 'Teile fehlen noch' },
    detail: {
      en: 'The file comes in parts, and they are not closed yet ({received, plural, one {one part is} other {# parts are}} in). Send those that are missing, then close them with their count.',
      de: 'Die Datei kommt in Teilen, und sie sind noch nicht abgeschlossen ({received, plural, one {ein Teil ist} other {# Teile sind}} da). Senden Sie die fehlenden, und schließen Sie sie dann mit ihrer Anzahl ab.',
    },
  },
  upload_in_parts: {
    status: 409,
    title: { en: 'The file came in parts', de: 'Die Datei kam in Teilen' },
    detail: {
      en: 'The file of import {importId} came in parts, and each of them is a file. GET /v1/imports/{importId}/parts says where they are.',
      de: 'Die Datei des Imports {importId} kam in Teilen, und jeder davon ist eine Datei. GET /v1/imports/{importId}/parts sagt, wo sie sind.',
    },
  },
  parts_missing: {
    status: 409,
    title: { en: 'Parts are missing', de: 'Teile fehlen noch' },
    detail: {
      en: 'Of {count, plural, one {one part} other {# parts}} these are missing: {missing}. Nothing is done before all of them are in.',
      de: 'Von {count, plural, one {einem Teil} other {# Teilen}} fehlen: {missing}. Bevor alle da sind, geschieht nichts.',
    },
  },
  part_out_of_range: {
    status: 422,
    title: { en: 'No such part', de: 'Diesen Teil gibt es nicht' },
    detail: {
      en: 'Parts are numbered from 1 to {count}; {part} is not one of them.',
      de: 'Teile haben die Nummern 1 bis {count}; {part} ist keine davon.',
    },
  },
  part_count_differs: {
    status: 422,
    title: { en: 'Another number of parts', de: 'Andere Anzahl von Teilen' },
    detail: {
      en: 'The series was announced with {announced} parts, and is to be closed with {count}.',
      de: 'Die Serie wurde mit {announced} Teilen angekündigt und soll mit {count} abgeschlossen werden.',
    },
  },
  part_columns_differ: {
    status: 422,
    title: { en: 'Part with other columns', de: 'Teil mit anderen Spalten' },
    detail: {
      en: 'The configuration reads the column "{column}", which part {part} does not have, or has twice. Every part needs the header row with the same column names.',
      de: 'Die Konfiguration liest die Spalte „{column}“, die Teil {part} nicht oder doppelt hat. Jeder Teil braucht die Kopfzeile mit denselben Spaltennamen.',
    },
  },
  parts_overlap: {
    status: 422,
    title: { en: 'Parts overlap', de: 'Teile überschneiden sich' },
    detail: {
      en: 'Row {row} of the file that the parts were cut from stands in part {part}, but a part before it goes as far or further. Check the row offsets of the parts.',
      de: 'Zeile {row} der Datei, aus der die Teile geschnitten sind, steht in Teil {part}, doch ein Teil davor reicht so weit oder weiter. Prüfen Sie den Zeilenversatz der Teile.',
    },
  },
  series_in_use: {
    status: 409,
    title: { en: 'Series is open already', de: 'Serie ist schon offen' },
    detail: {
      en: 'The series "{seriesId}" is open for the import {importId}, with another configuration or another number of parts. Choose another id for another run, or cancel that import.',
      de: 'Die Serie „{seriesId}“ ist für den Import {importId} offen, mit einer anderen Konfiguration oder Anzahl von Teilen. Wählen Sie für einen anderen Lauf eine andere ID, oder schließen Sie jenen Import.',
    },
  },
  series_closed: {
    status: 409,
    title: { en: 'Series is complete', de: 'Serie ist vollständig' },
    detail: {
      en: 'All parts of the series "{seriesId}" came in for the import {importId}, and this is none of them. Choose another id for each run.',
      de: 'Alle Teile der Serie „{seriesId}“ sind für den Import {importId} eingegangen, und dies ist keiner davon. Wählen Sie für jeden Lauf eine andere ID.',
    },
  },
  series_too_large: {
    status: 413,
    title: { en: 'Series too large', de: 'Serie zu groß' },
    detail: {
      en: 'All parts together are larger than {limitMegabytes, number} MB ({sizeMegabytes, number} MB were sent). Import them as several series, or ask for a higher limit.',
      de: 'Alle Teile zusammen sind größer als {limitMegabytes, number} MB ({sizeMegabytes, number} MB wurden gesendet). Importieren Sie sie als mehrere Serien, oder bitten Sie um ein höheres Limit.',
    },
  },
  series_too_many_rows: {
    status: 413,
    title: { en: 'Too many rows in the series', de: 'Zu viele Zeilen in der Serie' },
    detail: {
      en: 'All parts together have more than {limit} rows ({rows}). Import them as several series, or ask for a higher limit.',
      de: 'Alle Teile zusammen haben mehr als {limit} Zeilen ({rows}). Importieren Sie sie als mehrere Serien, oder bitten Sie um ein höheres Limit.',
    },
  },
});
