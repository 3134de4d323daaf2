import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { ImportConfiguration } from '@muster/import-model';
import type { ImportChange } from '../imports/import.repository.js';
import { NO_PLAN, NOT_APPROVED, NOT_WAITING, type ImportJob } from '../imports/import-job.entity.js';
import { ImportReading } from '../imports/import-reading.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';

/** A file of an import, as it is read by one of its configurations. */
export type Reading = Omit<ImportReading, 'companyId' | 'importId'>;

/** How an import reads its file now. */
export function presentReading(job: ImportJob): Reading {
  const { reading: no, uploadId, configuration, configurationId, configurationVersion, layout } = job;
  const { rowOffset, partOffsets } = job;
  return { no, uploadId, configuration, configurationId, configurationVersion, layout, rowOffset, partOffsets };
}

/** Every reading of an import that rows were written by, and the present one. */
export class Readings {
  /** In the order in which they were made. */
  readonly all: readonly Reading[];

  constructor(job: ImportJob, earlier: readonly Reading[]) {
    this.all = [...earlier, presentReading(job)];
  }

  get present(): Reading {
    const present = this.all.at(-1);
    if (!present) throw new Error('An import has a reading');
    return present;
  }

  /** By which the rows of a rep were staged. */
  of({ reading }: Pick<ImportRep, 'reading'>): Reading {
    return this.all.find(({ no }) => no === reading) ?? this.present;
  }

  /** One for each file: the row numbers of all readings of a file are those of the file. */
  get files(): readonly Reading[] {
    return [...new Map(this.all.map((reading) => [reading.rowOffset, reading])).values()];
  }
}

export class ReadingRepository {
  async of(manager: EntityManager, job: ImportJob): Promise<Readings> {
    const earlier = await manager.find(ImportReading, { where: { importId: job.id }, order: { no: 'ASC' } });
    return new Readings(job, earlier);
  }

  /** Keeps the present reading of an import beside the next one. */
  async keep(manager: EntityManager, job: ImportJob): Promise<void> {
    await manager.insert(ImportReading, { ...presentReading(job), companyId: job.companyId, importId: job.id });
  }

  /** Whether rows were written by the present reading, and the number of the last row written of any. */
  async written(manager: EntityManager, { id, reading }: ImportJob): Promise<Written> {
    const [written] = await manager.query<Written[]>(
      `select coalesce(bool_or(r.reading = $2), false) as "byPresent", coalesce(max(c.last_row), 0) as "lastRow"
       from import_rep r join import_chunk c on c.import_id = r.import_id and c.rep_no = r.no
       where r.import_id = $1 and r.progress = 'done'`,
      [id, reading],
    );
    return written ?? { byPresent: false, lastRow: 0 };
  }
}

interface Written {
  readonly byPresent: boolean;
  readonly lastRow: number;
}

interface NewReading extends Pick<Reading, 'uploadId' | 'configurationId' | 'configurationVersion'> {
  readonly configuration: ImportConfiguration;
}

/** Whether the rows are those that the import has already, by the same numbers. */
export function isOfSameRows(job: ImportJob, next: NewReading): boolean {
  const source = ({ configuration }: NewReading) => configuration.source ?? {};
  return job.uploadId === next.uploadId && isDeepStrictEqual(source(job), source(next));
}

/**
 * What becomes of an import whose configuration or file is replaced: nothing that was staged or planned holds any more. Rows
 * of another file, or of another sheet of it, get numbers that no row has which was written.
 */
export function readAnew(job: ImportJob, next: NewReading, { byPresent, lastRow }: Written): ImportChange {
  return {
    ...next,
    ...NO_PLAN,
    ...NOT_WAITING,
    ...NOT_APPROVED,
    entity: next.configuration.entity,
    reading: byPresent ? job.reading + 1 : job.reading,
    rowOffset: isOfSameRows(job, next) ? job.rowOffset : lastRow,
    state: 'draft',
    staged: false,
    runReps: null,
    problem: null,
  };
}
