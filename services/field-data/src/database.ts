import { Absentee, AbsenteeTally, ChunkResult, PlannedPresence } from '@muster/import-owner';
import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { COMPANY_DELETION_ENTITIES, IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { Appointment } from './appointments/appointment.entity.js';
import { CustomField } from './custom-fields/custom-field.entity.js';
import { CustomFieldRemoval } from './custom-fields/custom-field-removal.entity.js';
import { Customer } from './customers/customer.entity.js';
import { Absentees1764000000130 } from './migrations/1764000000130-absentees.js';
import { Entities1764000000080 } from './migrations/1764000000080-entities.js';
import { ImportedRecords1764000000100 } from './migrations/1764000000100-imported-records.js';
import { Deletion1764000000060 } from './migrations/1764000000060-deletion.js';
import { CompanyDeletion1764000000075 } from './migrations/1764000000075-company-deletion.js';
import { EndedJobs1764000000132 } from './migrations/1764000000132-ended-jobs.js';
import { AbsenteesByState1764000000133 } from './migrations/1764000000133-absentees-by-state.js';
import { AbsenteeTally1764000000134 } from './migrations/1764000000134-absentee-tally.js';
import { OldAnswers1764000000135 } from './migrations/1764000000135-old-answers.js';
import { ForgottenAnswers1764000000120 } from './migrations/1764000000120-forgotten-answers.js';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';
import { RecordOrders1764000000070 } from './migrations/1764000000070-record-orders.js';
import { RecordApi1764000000090 } from './migrations/1764000000090-record-api.js';
import { RecordKeys1764000000131 } from './migrations/1764000000131-record-keys.js';
import { KeySet } from './record-keys/key-set.entity.js';
import { RecordKey } from './record-keys/record-key.entity.js';
import { KeptRecord, RecordOrder } from './record-orders/record-order.entity.js';
import { RepSchedule } from './schedules/rep-schedule.entity.js';
import { Report } from './reports/report.entity.js';
import { Task } from './tasks/task.entity.js';

export const FIELD_DATA_DATABASE: ServiceDatabase = {
  service: 'field-data',
  entities: [
    Customer,
    Appointment,
    Task,
    Report,
    CustomField,
    CustomFieldRemoval,
    ChunkResult,
    PlannedPresence,
    Absentee,
    AbsenteeTally,
    RepSchedule,
    RecordOrder,
    KeptRecord,
    KeySet,
    RecordKey,
    ...MESSAGING_ENTITIES,
    ...IDEMPOTENCY_ENTITIES,
    ...COMPANY_DELETION_ENTITIES,
  ],
  migrations: [
    Foundation1764000000000,
    Deletion1764000000060,
    RecordOrders1764000000070,
    CompanyDeletion1764000000075,
    Entities1764000000080,
    RecordApi1764000000090,
    ImportedRecords1764000000100,
    ForgottenAnswers1764000000120,
    Absentees1764000000130,
    RecordKeys1764000000131,
    EndedJobs1764000000132,
    AbsenteesByState1764000000133,
    AbsenteeTally1764000000134,
    OldAnswers1764000000135,
  ],
};
