import { Module } from '@nestjs/common';
import { CustomerRepository } from './customers/customer.repository.js';
import { CustomersController } from './customers/customers.controller.js';
import { CustomersService } from './customers/customers.service.js';
import { DeletedRepsConsumer } from './deleted-reps/deleted-reps.consumer.js';
import { RepRecordsRepository } from './deleted-reps/rep-records.repository.js';
import { RepRecords } from './deleted-reps/rep-records.service.js';
import { ChunkMatches } from './import-chunks/chunk-matches.js';
import { ChunkPlanner } from './import-chunks/chunk-planner.js';
import { ChunkResultRepository } from './import-chunks/chunk-result.repository.js';
import { ChunkWriter } from './import-chunks/chunk-writer.js';
import { ImportChunksConsumer } from './import-chunks/import-chunks.consumer.js';
import { ImportChunks } from './import-chunks/import-chunks.service.js';
import { MarksConsumer } from './marks/marks.consumer.js';
import { Marks } from './marks/marks.service.js';
import { Answers } from './questions/answers.js';
import { RecordRepository } from './records/record.repository.js';

@Module({
  controllers: [CustomersController, ImportChunksConsumer, DeletedRepsConsumer, MarksConsumer],
  providers: [
    ...[RecordRepository, CustomerRepository, CustomersService],
    ...[ChunkMatches, ChunkPlanner, ChunkWriter, ChunkResultRepository, ImportChunks],
    ...[RepRecordsRepository, RepRecords],
    Marks,
    Answers,
  ],
})
export class FieldDataModule {}
