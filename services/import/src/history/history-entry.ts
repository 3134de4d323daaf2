import type { Actor, Id, ImportCounters } from '@muster/contracts';
import type { GuardFinding } from '@muster/import-model';
import type { Absentees } from '../imports/import-absentees.js';
import type { StoredProblem } from '../imports/import-job.entity.js';
import type { ImportState } from '../imports/import-state.js';
import type { Origin } from '../imports/origin.js';
import { withheldProblem } from '../absentees/absentee-rules.js';

/** What is told of an import when it is one of many. */
export interface HistoryEntry {
  readonly id: Id;
  readonly entity: string;
  readonly mode: string;
  readonly state: ImportState;
  /** Of the file; of several parts it is made of theirs. */
  readonly fileName: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly fileRows: number;
  readonly fileRemovedAt: Date | null;
  /** What the senders of parts call them; null also where there are none. */
  readonly seriesId: string | null;
  /** null: the file did not come in parts. */
  readonly parts: number | null;
  readonly counters: ImportCounters;
  readonly guard: readonly GuardFinding[] | null;
  readonly approvedBy: Actor | null;
  readonly absentees: Absentees | null;
  readonly problem: StoredProblem | null;
  readonly warnings: readonly StoredProblem[];
  readonly createdBy: Actor;
  readonly origin: Origin | null;
  readonly unattended: boolean;
  readonly configurationId: Id | null;
  /** Of that version; null also when the saved configuration is gone. */
  readonly configurationName: string | null;
  readonly configurationVersion: number | null;
  readonly restorePointId: Id | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

type Said = Pick<HistoryEntry, 'problem' | 'warnings' | 'absentees'>;

/** Why it stopped, and what was not done as it was asked for; each code once. */
export function problemsOf({ problem, warnings, absentees }: Said): StoredProblem[] {
  const withheld = absentees && withheldProblem(absentees);
  const all = [...(problem ? [problem] : []), ...(withheld ? [withheld] : []), ...warnings];
  return all.filter(({ code }, at) => all.findIndex((one) => one.code === code) === at);
}

/** From the first row that was written to the end, in seconds; null before. */
export function secondsOf({ startedAt, finishedAt }: Pick<HistoryEntry, 'startedAt' | 'finishedAt'>): number | null {
  if (!startedAt || !finishedAt) return null;
  return Math.max(0, finishedAt.getTime() - startedAt.getTime()) / 1000;
}

/** Of the rows that were tried; null while nobody can say. */
export function rowsPerSecondOf(entry: Pick<HistoryEntry, 'startedAt' | 'finishedAt' | 'counters'>): number | null {
  const seconds = secondsOf(entry);
  if (!seconds) return null;
  const { read, unprocessed } = entry.counters;
  return Math.round(((read - unprocessed) / seconds) * 10) / 10;
}
