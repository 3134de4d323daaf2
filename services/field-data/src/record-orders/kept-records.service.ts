import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { keptRecords } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { TransferRepository } from './transfer.repository.js';

/** What transfers left where it was. */
@Injectable()
export class KeptRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly transfers: TransferRepository,
  ) {}

  async list(request: z.output<typeof keptRecords.request>): Promise<z.output<typeof keptRecords.answer>> {
    const { companyId, transferId, after, limit } = request;
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` };
    const kept = await this.uow.run(scope, (manager) => this.transfers.listKept(manager, transferId, after, limit));
    return {
      items: kept.map(({ entity, recordId, externalId, heldBy }) => ({ entity, recordId, externalId, heldBy })),
    };
  }
}
