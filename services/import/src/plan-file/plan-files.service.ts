import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { sendTable, SHEET_LIMIT, type Caller, type FileTarget } from '@muster/platform';
import type { OutputRow } from '@muster/tabular';
import { repDto } from '../assignment/assignment.dto.js';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { requireScopeFor } from '../imports/account-scope.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { requireFile } from '../imports/open-as-configured.js';
import { ReadingRepository, type Readings } from '../reps/readings.js';
import { AnswersInRowOrder, type RowResult } from '../results/answers-in-row-order.js';
import { RowPlaces } from '../results/row-places.js';
import { EntitySchemas } from '../schema/entity-schemas.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { planColumns, planRow, sheetNames, type PlanFile } from './plan-rows.js';
import { summarySheets } from './plan-summary.js';

/** Rows that are read in one unit of work. */
const STRETCH = 5_000;

interface ReadPlan {
  readonly job: ImportJob;
  readonly reps: readonly ImportRep[];
  readonly readings: Readings;
}

/** Gives out plans as files. */
@Injectable()
export class PlanFiles {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly assignment: AssignmentRepository,
    private readonly uploads: UploadRepository,
    private readonly readings: ReadingRepository,
    private readonly schemas: EntitySchemas,
  ) {}

  /** @throws Problem import_not_found, import_without_plan, unknown_rep_in_request, file_removed, export_too_large */
  async send(caller: Caller, id: Id, target: FileTarget, rep: Id | undefined, response: Response): Promise<void> {
    const { plan, fileName } = await this.uow.run(caller, async (manager) => {
      const read = await this.read(manager, id, rep);
      requireScopeFor(read.job.entity, caller);
      const upload = await this.uploads.get(manager, read.job.uploadId);
      requireFile(upload);
      return { plan: read, fileName: upload.fileName };
    });
    const { job, reps } = plan;
    const rows = reps.reduce((sum, { rowCount }) => sum + rowCount, 0);
    if (target.format !== 'csv' && rows > SHEET_LIMIT) {
      throw new Problem('export_too_large', { params: { limit: SHEET_LIMIT } });
    }
    const file = await this.fileOf(plan, target);
    const names = sheetNames(target.language);
    const perRep = reps
      .filter(({ status }) => status !== 'company')
      .map((rep) => repDto(job, rep, file.places))
      .map((one) => ({ name: nameOf(one), plan: one.plan }));
    const options = {
      columns: planColumns(file),
      sheetName: names.plan,
      language: target.language,
      further: summarySheets(job.plan ?? {}, perRep, job.guard, target.language),
      properties: { title: `${names.plan} ${fileName}` },
    };
    const name = `${fileName.replace(/\.[^.]*$/, '')}-${names.plan}`;
    await sendTable(response, target.format, name, options, this.pages(caller, plan, rep, file));
  }

  /** What is left to run, as the plan that there is now foresees it. */
  private async read(manager: EntityManager, id: Id, rep: Id | undefined): Promise<ReadPlan> {
    const job = await this.imports.get(manager, id);
    const isShown = job.state === 'planned' || job.state === 'awaitingApproval' || job.state === 'paused';
    if (!isShown || job.plan === null || !job.layout) {
      throw new Problem('import_without_plan', { params: { state: job.state } });
    }
    const waiting = (await this.assignment.reps(manager, id)).filter(({ progress }) => progress === 'waiting');
    const reps = rep === undefined ? waiting : waiting.filter(({ userId }) => userId === rep);
    if (reps.length === 0 && rep !== undefined) throw new Problem('unknown_rep_in_request', { params: { rep } });
    return { job, reps, readings: await this.readings.of(manager, job) };
  }

  private async fileOf({ job, reps, readings }: ReadPlan, target: FileTarget): Promise<PlanFile> {
    const schemaOf = await this.schemas.forDocument(job.companyId, job.configuration);
    if (!job.layout) throw new Error('A plan has a layout');
    const named = reps.filter(({ status }) => status !== 'company').map((one) => [one.no, nameOf(one)] as const);
    return {
      ...target,
      schema: schemaOf(job.entity),
      layout: job.layout,
      places: new RowPlaces(...readings.files),
      hasParts: readings.files.some(({ partOffsets }) => partOffsets !== null),
      reps: new Map(named),
    };
  }

  /** Short units of work, one a stretch of rows: a slow reader holds no connection. */
  private async *pages(
    caller: Caller,
    { job }: ReadPlan,
    rep: Id | undefined,
    file: PlanFile,
  ): AsyncGenerator<OutputRow[]> {
    for (let after = 0; ;) {
      const results = await this.uow.run(caller, async (manager) => {
        const now = await this.read(manager, job.id, rep);
        // Half of one plan and half of another is none; what was sent is cut off.
        if (now.job.plannedAt?.getTime() !== job.plannedAt?.getTime()) throw new Problem('version_conflict');
        const part: RowResult[] = [];
        const answers = new AnswersInRowOrder(manager, now.job, now.reps, () => 'plan', now.readings);
        for await (const result of answers.read({ after })) if (part.push(result) === STRETCH) break;
        return part;
      });
      yield results.map((result) => planRow(result, file));
      const last = results.at(-1);
      if (!last || results.length < STRETCH) return;
      after = last.row;
    }
  }
}

function nameOf({ displayName, value }: { displayName: string | null; value: string }): string {
  return displayName === null ? value : `${displayName} (${value})`;
}
