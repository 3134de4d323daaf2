import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '@muster/contracts';
import type { Caller } from '@muster/platform';
import { importDto, type ImportDto } from './import.dto.js';
import type { ImportJob } from './import-job.entity.js';
import { ImportRepository } from './import.repository.js';

/** Imports as they are shown: with what is known of their files and reps. */
@Injectable()
export class ImportViews {
  constructor(private readonly imports: ImportRepository) {}

  async one(manager: EntityManager, caller: Caller, job: ImportJob): Promise<ImportDto> {
    const [dto] = await this.all(manager, caller, [job]);
    if (!dto) throw new Problem('upload_not_found');
    return dto;
  }

  async all(manager: EntityManager, caller: Caller, jobs: readonly ImportJob[]): Promise<ImportDto[]> {
    const factsOf = await this.imports.facts(manager, jobs.map(({ id }) => id)); // prettier-ignore
    return jobs.flatMap((job) => {
      const facts = factsOf.get(job.id);
      return facts ? [importDto(job, facts, caller.language)] : [];
    });
  }
}
