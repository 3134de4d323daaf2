import { Injectable, type OnModuleInit } from '@nestjs/common';
import { recordsOfRep } from '@muster/contracts';
import { Questions } from '@muster/platform';
import { RepRecords } from '../deleted-reps/rep-records.service.js';

/** What this service answers to others. */
@Injectable()
export class Answers implements OnModuleInit {
  constructor(
    private readonly questions: Questions,
    private readonly records: RepRecords,
  ) {}

  onModuleInit(): void {
    this.questions.answer(recordsOfRep, async (request) => ({ counts: await this.records.count(request) }));
  }
}
