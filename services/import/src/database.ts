import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { COMPANY_DELETION_ENTITIES, IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { ConfigurationVersion, SavedConfiguration } from './configurations/saved-configuration.entity.js';
import { ImportChunk } from './imports/import-chunk.entity.js';
import { ImportJob } from './imports/import-job.entity.js';
import { ImportReading } from './imports/import-reading.entity.js';
import { ImportRep } from './imports/import-rep.entity.js';
import { CompanyDeletion1764000000070 } from './migrations/1764000000070-company-deletion.js';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';
import { Configurations1764000000030 } from './migrations/1764000000030-configurations.js';
import { Retention1764000000031 } from './migrations/1764000000031-retention.js';
import { RepByRep1764000000040 } from './migrations/1764000000040-rep-by-rep.js';
import { AbsenteesOfReps1764000000042 } from './migrations/1764000000042-absentees-of-reps.js';
import { Absentees1764000000021 } from './migrations/1764000000021-absentees.js';
import { WaitingRuns1764000000044 } from './migrations/1764000000044-waiting-runs.js';
import { History1764000000045 } from './migrations/1764000000045-history.js';
import { Guard1764000000020 } from './migrations/1764000000020-guard.js';
import { PlansAndPace1764000000043 } from './migrations/1764000000043-plans-and-pace.js';
import { PartsCutFromOneFile1764000000048 } from './migrations/1764000000048-parts-cut-from-one-file.js';
import { FirstThatWait1764000000049 } from './migrations/1764000000049-first-that-wait.js';
import { PartsOfUploads1764000000041 } from './migrations/1764000000041-parts-of-uploads.js';
import { UploadPart } from './parts/upload-part.entity.js';
import { UploadSeries } from './parts/upload-series.entity.js';
import { Upload } from './uploads/upload.entity.js';

export const IMPORT_DATABASE: ServiceDatabase = {
  service: 'import',
  entities: [
    Upload,
    UploadSeries,
    UploadPart,
    ImportJob,
    ImportRep,
    ImportReading,
    ImportChunk,
    SavedConfiguration,
    ConfigurationVersion,
    ...MESSAGING_ENTITIES,
    ...IDEMPOTENCY_ENTITIES,
    ...COMPANY_DELETION_ENTITIES,
  ],
  migrations: [
    Foundation1764000000000,
    Guard1764000000020,
    Absentees1764000000021,
    Configurations1764000000030,
    Retention1764000000031,
    WaitingRuns1764000000044,
    History1764000000045,
    RepByRep1764000000040,
    AbsenteesOfReps1764000000042,
    PlansAndPace1764000000043,
    PartsOfUploads1764000000041,
    PartsCutFromOneFile1764000000048,
    FirstThatWait1764000000049,
    CompanyDeletion1764000000070,
  ],
};
