import { Controller, Inject } from '@nestjs/common';
import { companyDeleted, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { CompanyDeletion } from './company-deletion.js';

@Controller()
export class CompanyDeletionConsumer {
  constructor(@Inject(CompanyDeletion) private readonly deletion: CompanyDeletion) {}

  @OnEvent(companyDeleted)
  onCompanyDeleted(event: EventOf<typeof companyDeleted>): Promise<void> {
    return this.deletion.begin(event);
  }
}
