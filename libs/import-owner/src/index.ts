import { AbsenteeRepository } from './absentees/absentee.repository.js';
import { Absentees } from './absentees/absentees.service.js';
import { ChunkAnswers } from './chunk-answers.js';
import { ChunkResultRepository } from './chunk-result.repository.js';
import { ImportChunks } from './import-chunks.service.js';
import { OldAnswers } from './old-answers.js';

export { Absentee, PlannedPresence } from './absentees/absentee.entity.js';
export { AbsenteeTally } from './absentees/absentee-tally.js';
export { createAbsenteeTables, indexAbsenteesByState, tallyAbsentees } from './absentees/absentee-tables.js';
export type { AbsenteesOrder, AbsenteeWork, Removal } from './absentees/absentee-work.js';
export { AbsenteesConsumer } from './absentees/absentees.consumer.js';
export { AbsenteeRepository };
export type { AbsenteeSet } from './absentees/absentee-set.js';
export type { ChunkOrder } from './chunk-order.js';
export { CHUNK_OWNER, type ChunkOwner, type ChunkWork } from './chunk-owner.js';
export { ChunkResult } from './chunk-result.entity.js';
export { ChunkResultRepository };
export { createChunkResultTable, hideOldAnswers, showOldAnswers } from './chunk-result-table.js';
export { ImportChunks };
export { FinishedImportsConsumer } from './finished-imports.consumer.js';
export { OldAnswers };
export { ImportChunksConsumer } from './import-chunks.consumer.js';
export { isCausedByValues, withSavepoint } from './statement-error.js';

/** What a module of an owner provides, beside its {@link ChunkOwner} under {@link CHUNK_OWNER}. */
export const IMPORT_OWNER_PROVIDERS = [
  ChunkResultRepository,
  AbsenteeRepository,
  ChunkAnswers,
  ImportChunks,
  Absentees,
  OldAnswers,
];
