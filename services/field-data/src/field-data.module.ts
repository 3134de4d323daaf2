import { Module } from '@nestjs/common';
import {
  AbsenteesConsumer,
  CHUNK_OWNER,
  FinishedImportsConsumer,
  IMPORT_OWNER_PROVIDERS,
  ImportChunksConsumer,
} from '@muster/import-owner';
import { endedJobs } from '@muster/platform';
import { RepDataRepository } from './account-data/rep-data.repository.js';
import { RepData } from './account-data/rep-data.service.js';
import { CustomFieldRepository } from './custom-fields/custom-field.repository.js';
import { CustomFieldRemovals } from './custom-fields/custom-field-removals.js';
import { CustomFieldRemovalRepository } from './custom-fields/custom-field-removal.repository.js';
import { CustomFieldsController } from './custom-fields/custom-fields.controller.js';
import { CustomFields } from './custom-fields/custom-fields.service.js';
import { DeletedRepsConsumer } from './deleted-reps/deleted-reps.consumer.js';
import { RepRecordsRepository } from './deleted-reps/rep-records.repository.js';
import { RepRecords } from './deleted-reps/rep-records.service.js';
import { AbsentRecords } from './import-chunks/absent-records.js';
import { ChunkMatches } from './import-chunks/chunk-matches.js';
import { ChunkPlanner } from './import-chunks/chunk-planner.js';
import { ChunkReferences } from './import-chunks/chunk-references.js';
import { ChunkWriter } from './import-chunks/chunk-writer.js';
import { LastCallRepository } from './import-chunks/last-call.repository.js';
import { RecordChunks } from './import-chunks/record-chunks.js';
import { MarksConsumer } from './marks/marks.consumer.js';
import { Marks } from './marks/marks.service.js';
import { AbsenteeList } from './questions/absentee-list.js';
import { Answers } from './questions/answers.js';
import { KeptRecords } from './record-orders/kept-records.service.js';
import { CompanyTables } from './record-api/company-tables.js';
import { NamedReferences } from './record-api/named-references.js';
import { RECORD_KINDS } from './record-api/record-kind.js';
import { RecordPages } from './record-api/record-page.repository.js';
import { RecordWriter } from './record-api/record-writer.js';
import { recordController } from './record-api/record.controller.js';
import { recordsController } from './record-api/records.controller.js';
import { RecordsService } from './record-api/records.service.js';
import { RecordExport } from './record-export/record-export.service.js';
import { RecordOrderWorker } from './record-orders/record-order-worker.js';
import { RecordOrdersConsumer } from './record-orders/record-orders.consumer.js';
import { RecordOrdersRepository } from './record-orders/record-orders.repository.js';
import { RecordOrders } from './record-orders/record-orders.service.js';
import { RemovalStep } from './record-orders/removal-step.js';
import { TransferStep } from './record-orders/transfer-step.js';
import { TransferRepository } from './record-orders/transfer.repository.js';
import { KeySetRepository } from './record-keys/key-set.repository.js';
import { KeySetWorker } from './record-keys/key-set-worker.js';
import { KeySets } from './record-keys/key-sets.js';
import { RecordNews } from './records/record-news.js';
import { RecordSight } from './records/record-sight.js';
import { RecordRepository } from './records/record.repository.js';
import { ReferenceRepository } from './records/reference.repository.js';
import { RecycleBinSweeper } from './recycle-bin/recycle-bin-sweeper.js';
import { RecycleBinController } from './recycle-bin/recycle-bin.controller.js';
import { RecycleBinRepository } from './recycle-bin/recycle-bin.repository.js';
import { RecycleBin } from './recycle-bin/recycle-bin.service.js';
import { RepSchedulesConsumer } from './schedules/rep-schedules.consumer.js';
import { RepSchedulesRepository } from './schedules/rep-schedules.repository.js';
import { RepSchedules } from './schedules/rep-schedules.service.js';

@Module({
  controllers: [
    ...RECORD_KINDS.flatMap((kind) => [recordsController(kind), recordController(kind)]),
    CustomFieldsController,
    RecycleBinController,
    ImportChunksConsumer,
    AbsenteesConsumer,
    FinishedImportsConsumer,
    RepSchedulesConsumer,
    RecordOrdersConsumer,
    DeletedRepsConsumer,
    MarksConsumer,
  ],
  providers: [
    ...[RecordRepository, RecordNews, RecordSight],
    ...[CompanyTables, RecordPages, NamedReferences, RecordWriter, RecordsService, RecordExport],
    ...[ReferenceRepository, ChunkReferences, LastCallRepository],
    ...[ChunkMatches, ChunkPlanner, ChunkWriter, AbsentRecords, RecordChunks],
    ...[...IMPORT_OWNER_PROVIDERS, { provide: CHUNK_OWNER, useExisting: RecordChunks }],
    ...[RepSchedulesRepository, RepSchedules],
    ...[
      RecordOrdersRepository,
      TransferRepository,
      RemovalStep,
      TransferStep,
      RecordOrderWorker,
      RecordOrders,
      KeptRecords,
    ],
    endedJobs([{ table: 'record_order', endedAt: 'finished_at', rows: { table: 'kept_record', job: 'order_id' } }]),
    ...[RepRecordsRepository, RepRecords],
    ...[RecycleBinRepository, RecycleBin, RecycleBinSweeper],
    ...[CustomFieldRepository, CustomFieldRemovalRepository, CustomFieldRemovals, CustomFields],
    ...[KeySetRepository, KeySetWorker, KeySets],
    ...[RepDataRepository, RepData],
    Marks,
    AbsenteeList,
    Answers,
  ],
})
export class FieldDataModule {}
