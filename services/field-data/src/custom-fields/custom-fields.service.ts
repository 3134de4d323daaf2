import { Injectable } from '@nestjs/common';
import type { Id } from '@muster/contracts';
import type { CustomFieldDefinition } from '@muster/import-model';
import { newId, UnitOfWork } from '@muster/persistence';
import { CustomFieldRepository } from './custom-field.repository.js';

/** The fields that companies added to their entities. */
@Injectable()
export class CustomFields {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly fields: CustomFieldRepository,
  ) {}

  of({ companyId, entity }: { readonly companyId: Id; readonly entity: string }): Promise<CustomFieldDefinition[]> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` };
    return this.uow.run(scope, (manager) => this.fields.definitions(manager, entity));
  }
}
