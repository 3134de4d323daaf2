import type { Actor, Language, Texts } from '@muster/contracts';
import { entitySchema, isEntityName, YES_NO_TEXTS } from '@muster/import-model';
import { detailMessage, whoOf, whoText } from '@muster/platform';
import type { CellKind, OutputCell, OutputColumn } from '@muster/tabular';
import { countersDto } from '../imports/import.dto.js';
import { EFFECT_TEXTS, GONE_TEXTS, OUTCOME_NAMES, OUTCOME_TEXTS, stateText } from '../imports/import-texts.js';
import { ORIGIN_TEXTS } from '../imports/origin.js';
import { problemsOf, rowsPerSecondOf, secondsOf, type HistoryEntry } from './history-entry.js';

/** For whom a table is made. */
export interface HistoryReader {
  readonly language: Language;
  /** Of accounts and keys. */
  readonly names: ReadonlyMap<Actor, string>;
  /** Tells the time of the company, `2026-11-23T13:50:07`. */
  readonly localTime: (moment: Date) => string;
}

interface Column {
  readonly header: Texts;
  readonly kind?: CellKind;
  readonly width?: number;
  readonly cell: (entry: HistoryEntry, reader: HistoryReader) => OutputCell;
}

const OF_GUARD: Texts = { en: 'of', de: 'von' };
const LIMIT: Texts = { en: 'limit', de: 'Grenze' };

const time = (header: Texts, of: (entry: HistoryEntry) => Date | null): Column => ({
  header,
  kind: 'dateTime',
  width: 22,
  cell: (entry, { localTime }) => {
    const moment = of(entry);
    return moment && { text: localTime(moment), kind: 'dateTime' };
  },
});
const number = (header: Texts, cell: (entry: HistoryEntry) => number | null): Column => ({ header, kind: 'number', cell }); // prettier-ignore
const text = (header: Texts, cell: Column['cell'], width?: number): Column => ({ header, cell, ...(width && { width }) }); // prettier-ignore

const COLUMNS: readonly Column[] = [
  time({ en: 'Created', de: 'Angelegt' }, ({ createdAt }) => createdAt),
  text({ en: 'Import', de: 'Import' }, ({ id }) => id, 34),
  text({ en: 'What', de: 'Was' }, ({ entity }, { language }) =>
    isEntityName(entity) ? entitySchema(entity).label[language] : entity,
  ),
  text({ en: 'Mode', de: 'Modus' }, ({ mode }) => mode),
  text({ en: 'State', de: 'Zustand' }, ({ state }, { language }) => stateText(state, language), 24),
  text({ en: 'Codes', de: 'Codes' }, (entry) => problemsOf(entry).map(({ code }) => code).join('; '), 24), // prettier-ignore
  text({ en: 'Notes', de: 'Hinweise' }, (entry, { language }) => problemsOf(entry).map((one) => detailMessage(one, language)).join('\n'), 60), // prettier-ignore
  text({ en: 'File', de: 'Datei' }, ({ fileName }) => fileName, 30),
  number({ en: 'Bytes', de: 'Bytes' }, ({ byteSize }) => byteSize),
  text({ en: 'SHA-256', de: 'SHA-256' }, ({ sha256 }) => sha256, 66),
  time({ en: 'File removed', de: 'Datei entfernt' }, ({ fileRemovedAt }) => fileRemovedAt),
  text({ en: 'Series', de: 'Serie' }, ({ seriesId }) => seriesId),
  number({ en: 'Parts', de: 'Teile' }, ({ parts }) => parts),
  number({ en: 'Rows of the file', de: 'Zeilen der Datei' }, ({ fileRows }) => fileRows),
  number({ en: 'Rows read', de: 'Gelesene Zeilen' }, ({ counters }) => counters.read),
  ...OUTCOME_NAMES.map((name) => number(OUTCOME_TEXTS[name], ({ counters }) => counters[name])),
  ...(['deactivated', 'removed'] as const).map((name) =>
    number(GONE_TEXTS[name], ({ counters }) => countersDto(counters)[name]),
  ),
  text({ en: 'By', de: 'Von' }, ({ createdBy }, reader) => who(createdBy, reader)),
  text({ en: 'Actor', de: 'Kennung' }, ({ createdBy }) => createdBy, 38),
  text({ en: 'How', de: 'Wie' }, ({ origin }, { language }) => origin && ORIGIN_TEXTS[origin][language]),
  text({ en: 'Unattended', de: 'Unbeaufsichtigt' }, ({ unattended }, reader) => yesNo(unattended, reader)),
  text({ en: 'Configuration', de: 'Konfiguration' }, ({ configurationName }) => configurationName, 24),
  number({ en: 'Version', de: 'Version' }, ({ configurationVersion }) => configurationVersion),
  text({ en: 'Configuration id', de: 'Konfigurations-ID' }, ({ configurationId }) => configurationId),
  time({ en: 'Started', de: 'Begonnen' }, ({ startedAt }) => startedAt),
  time({ en: 'Ended', de: 'Beendet' }, ({ finishedAt }) => finishedAt),
  number({ en: 'Seconds', de: 'Sekunden' }, secondsOf),
  number({ en: 'Rows per second', de: 'Zeilen pro Sekunde' }, rowsPerSecondOf),
  text({ en: 'Restore point', de: 'Wiederherstellungspunkt' }, ({ restorePointId }) => restorePointId, 34),
  text({ en: 'Guard', de: 'Schutz' }, guardText, 40),
  text({ en: 'Needed approval', de: 'Brauchte Freigabe' }, ({ guard }, reader) =>
    guard && yesNo(guard.some(({ exceeded }) => exceeded), reader),
  ), // prettier-ignore
  text({ en: 'Approved by', de: 'Freigegeben von' }, ({ approvedBy }, reader) => approvedBy && who(approvedBy, reader)),
];

/** @param timeZone IANA name, said with each column of times */
export function historyColumns(language: Language, timeZone: string): OutputColumn[] {
  return COLUMNS.map(({ header, kind, width }) => ({
    header: kind === 'dateTime' ? `${header[language]} (${timeZone})` : header[language],
    ...(kind && { kind }),
    ...(width && { width }),
  }));
}

export function historyRow(entry: HistoryEntry, reader: HistoryReader): OutputCell[] {
  return COLUMNS.map(({ cell }) => cell(entry, reader));
}

function who(actor: Actor, { names, language }: HistoryReader): string {
  return whoText(whoOf(actor, names), language);
}

function yesNo(is: boolean, { language }: HistoryReader): string {
  return YES_NO_TEXTS[is ? 'yes' : 'no'][language];
}

/** What the plan did of what the guard looks at. */
function guardText({ guard }: HistoryEntry, { language }: HistoryReader): string {
  const found = (guard ?? []).filter(({ planned }) => planned > 0);
  return found
    .map(({ effect, planned, base, limit }) => {
      const most = `${LIMIT[language]} ${limit}`;
      return `${EFFECT_TEXTS[effect][language]}: ${planned} ${OF_GUARD[language]} ${base}, ${most}`;
    })
    .join('; ');
}
