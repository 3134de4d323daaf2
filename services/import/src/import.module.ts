import { Module, type DynamicModule } from '@nestjs/common';
import { ImportAbsenteesController } from './absentees/absentees.controller.js';
import { AbsenteesService } from './absentees/absentees.service.js';
import { AssignmentController } from './assignment/assignment.controller.js';
import { AssignmentRepository } from './assignment/assignment.repository.js';
import { AssignmentService } from './assignment/assignment.service.js';
import type { ImportConfig } from './config.js';
import { SavedConfigurationsController } from './configurations/saved-configurations.controller.js';
import { SavedConfigurationsRepository } from './configurations/saved-configurations.repository.js';
import { SavedConfigurations } from './configurations/saved-configurations.service.js';
import { DropInController } from './drop-in/drop-in.controller.js';
import { DropIn } from './drop-in/drop-in.service.js';
import { ExpectedRunsRepository } from './expected-runs/expected-runs.repository.js';
import { OverdueRuns } from './expected-runs/overdue-runs.js';
import { RunsOfConfigurations } from './expected-runs/runs-of-configuration.js';
import { CompanyFiles } from './files/company-files.js';
import { FileStore } from './files/file-store.js';
import { HistoryExportController } from './history/history-export.controller.js';
import { HistoryExport } from './history/history-export.service.js';
import { HistoryRepository } from './history/history.repository.js';
import { ImportHistory } from './history/history.service.js';
import { ImportChanges } from './imports/import-changes.service.js';
import { ImportRepository } from './imports/import.repository.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsService } from './imports/imports.service.js';
import { ImportViews } from './imports/import-views.js';
import { NewImports } from './imports/new-imports.js';
import { PartRepository } from './parts/part.repository.js';
import { PartsController } from './parts/parts.controller.js';
import { PartsService } from './parts/parts.service.js';
import { SeriesService } from './parts/series.service.js';
import { SeriesSteps } from './parts/series-steps.js';
import { ProgressController } from './progress/progress.controller.js';
import { ProgressService } from './progress/progress.service.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { Retention } from './retention/retention.js';
import { RepProgressRepository } from './reps/rep-progress.repository.js';
import { ReadingRepository } from './reps/readings.js';
import { ReadingsController } from './reps/readings.controller.js';
import { RepsController } from './reps/reps.controller.js';
import { RepsService } from './reps/reps.service.js';
import { PlanFileController } from './plan-file/plan-file.controller.js';
import { PlanFiles } from './plan-file/plan-files.service.js';
import { ResultsController } from './results/results.controller.js';
import { ResultsService } from './results/results.service.js';
import { AbsenteeQueueRepository } from './absentees/absentee-queue.repository.js';
import { AbsenteeAnswers } from './running/absentee-answers.service.js';
import { AbsenteesConsumer } from './running/absentees.consumer.js';
import { ChunkAnswersConsumer } from './running/chunk-answers.consumer.js';
import { ChunkAnswers } from './running/chunk-answers.service.js';
import { ChunkDispatcher } from './running/chunk-dispatcher.js';
import { ChunkQueueRepository } from './running/chunk-queue.repository.js';
import { Ending } from './running/ending.js';
import { Phases } from './running/phases.js';
import { PhasesRepository } from './running/phases.repository.js';
import { PlanSums } from './running/plan-sums.js';
import { PlanSumsRepository } from './plans/plan-sums.repository.js';
import { RowQueue } from './running/row-queue.js';
import { Writing } from './running/writing.js';
import { RestorePointReady } from './running/restore-point-ready.service.js';
import { RestorePointConsumer } from './running/restore-point.consumer.js';
import { EntitySchemas } from './schema/entity-schemas.js';
import { ImportSchemaController } from './schema/import-schema.controller.js';
import { ImportSchemas } from './schema/import-schemas.service.js';
import { RestRepository } from './staging/rest.repository.js';
import { Stager } from './staging/stager.js';
import { StagingRepository } from './staging/staging.repository.js';
import { EarlierMappingsRepository } from './suggestions/earlier-mappings.repository.js';
import { SuggestionsController } from './suggestions/suggestions.controller.js';
import { Suggestions } from './suggestions/suggestions.service.js';
import { CompanyProfile } from './uploads/company-profile.js';
import { UploadContent } from './uploads/upload-content.js';
import { UploadReader } from './uploads/upload-reader.js';
import { UploadRepository } from './uploads/upload.repository.js';
import { UploadsController } from './uploads/uploads.controller.js';
import { UploadsService } from './uploads/uploads.service.js';
import { HeldRuns } from './waiting/held-runs.js';
import { NightRuns } from './waiting/night-runs.js';
import { TakeTurn } from './waiting/take-turn.js';
import { Waiting } from './waiting/waiting.js';
import { WaitingRepository } from './waiting/waiting.repository.js';

@Module({
  controllers: [
    UploadsController,
    // Before the imports, of which `export` is none.
    HistoryExportController,
    ImportsController,
    PartsController,
    AssignmentController,
    RepsController,
    ReadingsController,
    ResultsController,
    PlanFileController,
    ImportAbsenteesController,
    ProgressController,
    ImportSchemaController,
    SavedConfigurationsController,
    DropInController,
    SuggestionsController,
    ChunkAnswersConsumer,
    AbsenteesConsumer,
    RestorePointConsumer,
  ],
  providers: [
    UploadRepository,
    UploadsService,
    UploadContent,
    CompanyProfile,
    CompanyFiles,
    EntitySchemas,
    ImportSchemas,
    RetentionRepository,
    Retention,
    DropIn,
    SavedConfigurationsRepository,
    EarlierMappingsRepository,
    Suggestions,
    SavedConfigurations,
    ImportRepository,
    HistoryRepository,
    ImportHistory,
    HistoryExport,
    ImportsService,
    ImportChanges,
    ReadingRepository,
    RestRepository,
    ImportViews,
    NewImports,
    PartRepository,
    PartsService,
    SeriesService,
    SeriesSteps,
    AssignmentRepository,
    AssignmentService,
    StagingRepository,
    Stager,
    ChunkQueueRepository,
    ChunkDispatcher,
    ChunkAnswers,
    PhasesRepository,
    RepProgressRepository,
    RepsService,
    RowQueue,
    Ending,
    Writing,
    Phases,
    PlanSumsRepository,
    PlanSums,
    AbsenteeQueueRepository,
    ExpectedRunsRepository,
    OverdueRuns,
    RunsOfConfigurations,
    WaitingRepository,
    Waiting,
    TakeTurn,
    HeldRuns,
    NightRuns,
    AbsenteeAnswers,
    RestorePointReady,
    ResultsService,
    PlanFiles,
    AbsenteesService,
    ProgressService,
  ],
})
export class ImportModule {
  static register({ filesFolder }: ImportConfig): DynamicModule {
    const files = new FileStore(filesFolder);
    return { module: ImportModule, providers: [{ provide: UploadReader, useValue: new UploadReader(files) }] };
  }
}
