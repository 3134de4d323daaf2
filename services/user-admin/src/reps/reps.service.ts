import { Injectable } from '@nestjs/common';
import { isStorable, type Id, type RepAccount } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { repAnswer, type RepAnswer } from './rep-answer.js';
import { RepsRepository, type RepKey } from './reps.repository.js';

@Injectable()
export class RepsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reps: RepsRepository,
  ) {}

  /** Which staff accounts do these e-mails or employee numbers name? Each value once, compared letter case included. */
  resolve({ companyId, by, values }: { companyId: Id; by: RepKey; values: readonly string[] }): Promise<RepAnswer> {
    // What cannot be stored names nobody, and the database would refuse to hear of it.
    const asked = [...new Set(values)].filter(isStorable);
    return this.uow.run(questionScope(companyId), async (manager) =>
      repAnswer(await this.reps.resolve(manager, companyId, by, asked)),
    );
  }

  /** The staff accounts behind ids, as far as the company has them. */
  find({ companyId, userIds }: { companyId: Id; userIds: readonly Id[] }): Promise<RepAccount[]> {
    return this.uow.run(questionScope(companyId), (manager) => this.reps.find(manager, userIds));
  }

  /** The reps that a supervisor sees. */
  inSight({ companyId, userId }: { companyId: Id; userId: Id }): Promise<Id[]> {
    return this.uow.run(questionScope(companyId), (manager) => this.reps.inSight(manager, companyId, userId));
  }
}

function questionScope(companyId: Id) {
  return { companyId, actor: 'system', cause: `request:${newId()}` };
}
