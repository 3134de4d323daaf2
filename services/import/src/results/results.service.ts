import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeCursor, encodeCursor, sendTable, type Caller } from '@muster/platform';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { requireScopeFor } from '../imports/account-scope.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { UploadReader } from '../uploads/upload-reader.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { requireFile } from '../imports/open-as-configured.js';
import { PartRepository } from '../parts/part.repository.js';
import { ReadingRepository, type Readings } from '../reps/readings.js';
import { AnswersInRowOrder, type RowResult } from './answers-in-row-order.js';
import { fieldLabel } from './field-label.js';
import { filesOfImport, type FileOfImport } from './files-of-import.js';
import { plannedText } from './planned-text.js';
import { resultHeaders, resultRows, type ResultFileOptions } from './result-file.js';
import { RowPlaces } from './row-places.js';
import { rowDto, type ImportRowPage } from './row.dto.js';
import type { RowsQuery } from './rows-query.dto.js';
import { resultViewOf, viewOf } from './view.js';

/** As many as 50 full chunks hold. */
const ROWS_OF_A_LOOK = 25_000;

@Injectable()
export class ResultsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly assignment: AssignmentRepository,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly readings: ReadingRepository,
    private readonly reader: UploadReader,
  ) {}

  /**
   * Rows in the order of the file, with what became of them or, before the run, what the plan foresees. It looks at so many
   * rows and no more: a page of a filter that matches little may be short, or empty, and have a cursor all the same.
   */
  async rows(caller: Caller, importId: Id, query: RowsQuery): Promise<ImportRowPage> {
    const after = query.cursor ? cursorRow(query.cursor) : 0;
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.get(manager, importId);
      requireScopeFor(job.entity, caller);
      requireFile(await this.uploads.get(manager, job.uploadId));
      const reps = await this.assignment.reps(manager, importId);
      const readings = await this.readings.of(manager, job);
      const ofRep = query.rep === undefined ? reps : reps.filter(({ userId }) => userId === query.rep);
      const repOf = new Map(reps.map((one) => [one.no, one]));
      const items: ImportRowPage['items'] = [];
      const results = new AnswersInRowOrder(manager, job, ofRep, (one) => viewOf(job, one), readings);
      let last = after;
      let looked = 0;
      for await (const result of results.read({ after, changedSincePlan: query.changedSincePlan })) {
        const found = matches(result, query);
        if (looked++ === ROWS_OF_A_LOOK || (found && items.length === query.limit)) {
          return { items, nextCursor: encodeCursor([last]) };
        }
        const rep = repOf.get(result.repNo);
        if (found) items.push(rowDto(rep ? readings.of(rep) : readings.present, rep, result, caller.language));
        last = result.row;
      }
      return { items, nextCursor: null };
    });
  }

  /** Sends a file of the rows of one kind. @throws Problem import_not_found, file_removed */
  async send(caller: Caller, importId: Id, wanted: ResultFileOptions, response: Response): Promise<void> {
    const { job, files, readings, options } = await this.uow.run(caller, async (manager) => {
      const found = await this.imports.get(manager, importId);
      requireScopeFor(found.entity, caller);
      const all = await this.readings.of(manager, found);
      const reps = await this.assignment.reps(manager, importId);
      return {
        job: found,
        readings: all,
        files: await this.filesOf(manager, found, all),
        options: optionsFor(wanted, found, reps),
      };
    });
    const { source, rows } = await filesOfImport(this.reader, files);
    const hasParts = readings.files.some(({ partOffsets }) => partOffsets !== null);
    const places = new RowPlaces(...readings.files);
    const pages = resultRows(source, rows, this.results(caller, job, readings), options, places);
    const columns = resultHeaders(source.columns, options, hasParts).map((header) => ({ header }));
    const fileName = files.at(-1)?.files[0]?.upload.fileName ?? '';
    const name = `${fileName.replace(/\.[^.]*$/, '')}-${options.kind}`;
    await sendTable(response, options.format, name, { columns, language: options.language }, pages);
  }

  /** The files that rows of an import stand in, in the order of the row numbers. @throws Problem file_removed */
  private async filesOf(manager: EntityManager, job: ImportJob, readings: Readings): Promise<FileOfImport[]> {
    const files: FileOfImport[] = [];
    for (const [i, read] of readings.files.entries()) {
      const upload = await this.uploads.get(manager, read.uploadId);
      requireFile(upload);
      const isRest = job.startedAt !== null;
      const lastRow = readings.files[i + 1]?.rowOffset;
      files.push({ read, files: await this.parts.filesOf(manager, upload), isRest, lastRow });
    }
    return files;
  }

  /** All results of an import. Short units of work, one a stretch of rows: a slow reader holds no connection. */
  private async *results(caller: Caller, job: ImportJob, readings: Readings): AsyncGenerator<RowResult> {
    const stretch = 5_000;
    for (let after = 0; ;) {
      const results = await this.uow.run(caller, async (manager) => {
        const reps = await this.assignment.reps(manager, job.id);
        const part: RowResult[] = [];
        const answers = new AnswersInRowOrder(manager, job, reps, (rep) => resultViewOf(job, rep), readings);
        for await (const result of answers.read({ after })) {
          if (part.push(result) === stretch) break;
        }
        return part;
      });
      yield* results;
      const last = results.at(-1);
      if (!last || results.length < stretch) return;
      after = last.row;
    }
  }
}

/** Says what people call fields, and what the plan showed of rows that became otherwise. */
function optionsFor(
  wanted: ResultFileOptions,
  { entity, configuration }: ImportJob,
  reps: readonly Pick<ImportRep, 'changedSincePlan'>[],
): ResultFileOptions {
  const { language } = wanted;
  const options = { ...wanted, labelOf: (field: string) => fieldLabel(entity, field, language) };
  if (!reps.some(({ changedSincePlan }) => changedSincePlan)) return options;
  return { ...options, plannedText: (planned) => plannedText(planned, configuration, language) };
}

/** @throws Problem invalid_cursor */
function cursorRow(cursor: string): number {
  const [row] = decodeCursor(cursor, 1);
  if (!Number.isSafeInteger(row)) throw new Problem('invalid_cursor');
  return Math.min(Math.max(Number(row), 0), 2 ** 31 - 1);
}

function matches({ outcome, planned, problems = [] }: RowResult, query: RowsQuery): boolean {
  if (query.changedSincePlan !== undefined && (planned !== undefined) !== query.changedSincePlan) return false;
  if (query.outcome !== undefined && outcome !== query.outcome) return false;
  return query.code === undefined || problems.some(({ code }) => code === query.code);
}
