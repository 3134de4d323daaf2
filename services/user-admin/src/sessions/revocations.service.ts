import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@muster/persistence';
import { RevocationsRepository, type RevocationsAnswer } from './revocations.repository.js';

/** Tells other services, and this one, which access tokens have been ended; see docs/adr/0013. */
@Injectable()
export class RevocationsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly revocations: RevocationsRepository,
  ) {}

  since(cursor: string | null): Promise<RevocationsAnswer> {
    return this.uow.runAsWorker((manager) => this.revocations.since(manager, cursor));
  }
}
