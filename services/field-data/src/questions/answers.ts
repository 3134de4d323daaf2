import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  absentRecords,
  customFieldsOfEntity,
  keptRecords,
  recordEntities,
  recordsOfRep,
  recordsPageOfRep,
} from '@muster/contracts';
import { AbsenteeList } from './absentee-list.js';
import { Questions } from '@muster/platform';
import { CustomFields } from '../custom-fields/custom-fields.service.js';
import { RepData } from '../account-data/rep-data.service.js';
import { KeptRecords } from '../record-orders/kept-records.service.js';

/** What this service answers to others. */
@Injectable()
export class Answers implements OnModuleInit {
  constructor(
    private readonly questions: Questions,
    private readonly data: RepData,
    private readonly kept: KeptRecords,
    private readonly customFields: CustomFields,
    private readonly absentees: AbsenteeList,
  ) {}

  onModuleInit(): void {
    this.questions.answer(absentRecords, (request) => this.absentees.list(request));
    this.questions.answer(recordsOfRep, (request) => this.data.summary(request));
    this.questions.answer(customFieldsOfEntity, async (request) => ({ fields: await this.customFields.of(request) }));
    this.questions.answer(recordEntities, (request) => this.data.entities(request));
    this.questions.answer(keptRecords, (request) => this.kept.list(request));
    this.questions.answer(recordsPageOfRep, (request) => this.data.page(request));
  }
}
