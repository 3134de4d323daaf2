import { Module } from '@nestjs/common';
import {
  AbsenteesConsumer,
  CHUNK_OWNER,
  FinishedImportsConsumer,
  IMPORT_OWNER_PROVIDERS,
  ImportChunksConsumer,
} from '@muster/import-owner';
import { AccessLinksController } from './access-links/access-links.controller.js';
import { AccessLinksRepository } from './access-links/access-links.repository.js';
import { AccessLinksService } from './access-links/access-links.service.js';
import { LinkDelivery } from './access-links/link-delivery.js';
import { LinkSender } from './access-links/link-sender.js';
import { LinkTokens } from './access-links/link-tokens.js';
import { SendJobsController } from './access-links/send-jobs.controller.js';
import { SendJobsRepository } from './access-links/send-jobs.repository.js';
import { SendJobs } from './access-links/send-jobs.service.js';
import { SettledLinksConsumer } from './access-links/settled-links.consumer.js';
import { AccountDataController } from './account-data/account-data.controller.js';
import { AccountData } from './account-data/account-data.service.js';
import { DataDownloadsRepository } from './account-data/data-downloads.repository.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { MassChangeRunner } from './bulk/mass-change-runner.js';
import { MassChangeSteps } from './bulk/mass-change-steps.js';
import { MassChangeWriter } from './bulk/mass-change-writer.js';
import { MassChangesController } from './bulk/mass-changes.controller.js';
import { MassChangesRepository } from './bulk/mass-changes.repository.js';
import { MassChanges } from './bulk/mass-changes.service.js';
import { AuditExport } from './audit/audit-export.service.js';
import { AuditLogController } from './audit/audit-log.controller.js';
import { AuditLogRepository } from './audit/audit-log.repository.js';
import { AuditLogService } from './audit/audit-log.service.js';
import { AuditTrail } from './audit/audit-trail.js';
import { AccountReferences } from './code-lists/account-references.js';
import { CodeListsController } from './code-lists/code-lists.controller.js';
import { CodeListsRepository } from './code-lists/code-lists.repository.js';
import { CodeListsService } from './code-lists/code-lists.service.js';
import { CompaniesController } from './companies/companies.controller.js';
import { CompaniesRepository } from './companies/companies.repository.js';
import { CompaniesService } from './companies/companies.service.js';
import { OwnCompanyController } from './companies/own-company.controller.js';
import { UserGroupsController } from './groups/user-groups.controller.js';
import { UserGroupsRepository } from './groups/user-groups.repository.js';
import { UserGroupsService } from './groups/user-groups.service.js';
import { UserDeletionController } from './deletion/deletion.controller.js';
import { DeletionRepository } from './deletion/deletion.repository.js';
import { UserDeletion } from './deletion/deletion.service.js';
import { DropInExportController } from './export/drop-in-export.controller.js';
import { UserExportController } from './export/export.controller.js';
import { UserExportRepository } from './export/export.repository.js';
import { UserExport } from './export/export.service.js';
import { IdentityAssertions } from './identity-providers/identity-assertions.js';
import { IdentityProviderController } from './identity-providers/identity-provider.controller.js';
import { IdentityProvidersRepository } from './identity-providers/identity-providers.repository.js';
import { IdentityProvidersService } from './identity-providers/identity-providers.service.js';
import { IssuerKeys } from './identity-providers/issuer-keys.js';
import { AbsentAccounts } from './import-chunks/absent-accounts.js';
import { AbsenteeList } from './import-chunks/absentee-list.js';
import { AccountChunkWriter } from './import-chunks/account-chunk-writer.js';
import { AccountChunks } from './import-chunks/account-chunks.js';
import { AccountDecider } from './import-chunks/account-decider.js';
import { AccountLedgerRepository } from './import-chunks/account-ledger.repository.js';
import { AccountLedgers } from './import-chunks/account-ledger.service.js';
import { Administrators } from './users/administrators.service.js';
import { AccountMatchesRepository } from './import-chunks/account-matches.repository.js';
import { GroupMaker } from './import-chunks/group-maker.js';
import { LicencesController } from './licences/licences.controller.js';
import { LicencesRepository } from './licences/licences.repository.js';
import { LicencesService } from './licences/licences.service.js';
import { MeController } from './me/me.controller.js';
import { MeService } from './me/me.service.js';
import { OwnPasswordController } from './passwords/own-password.controller.js';
import { PasswordsService } from './passwords/passwords.service.js';
import { Answers } from './questions/answers.js';
import { RepsRepository } from './reps/reps.repository.js';
import { RepsService } from './reps/reps.service.js';
import { MarksConsumer } from './restore-points/marks.consumer.js';
import { Marks } from './restore-points/marks.service.js';
import { OwnRestorePoints } from './restore-points/own-restore-points.js';
import { OwnSessionsController } from './sessions/own-sessions.controller.js';
import { RevocationsRepository } from './sessions/revocations.repository.js';
import { RevocationsService } from './sessions/revocations.service.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { UserSessionsController } from './sessions/user-sessions.controller.js';
import { AccessTokens } from './sign-in/access-tokens.js';
import { Attempts } from './sign-in/attempts.js';
import { AttemptsRepository } from './sign-in/attempts.repository.js';
import { AuthController } from './sign-in/auth.controller.js';
import { Credentials } from './sign-in/credentials.js';
import { JwksController } from './sign-in/jwks.controller.js';
import { PasswordChecks } from './sign-in/password-checks.js';
import { RefreshTokens } from './sign-in/refresh-tokens.js';
import { RefreshTokensRepository } from './sign-in/refresh-tokens.repository.js';
import { SignInAccountsRepository } from './sign-in/sign-in-accounts.repository.js';
import { SignInNotes } from './sign-in/sign-in-notes.js';
import { endedJobs } from '@muster/platform';
import { JOB_TABLES } from './job-tables.js';
import { SignInPruner } from './sign-in/sign-in-pruner.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SigningKeysRepository } from './sign-in/signing-keys.repository.js';
import { AccountBatch } from './users/account-batch.js';
import { RecordNotes } from './transfers/record-notes.js';
import { RecordsConsumer } from './transfers/records.consumer.js';
import { TransfersController } from './transfers/transfers.controller.js';
import { TransfersRepository } from './transfers/transfers.repository.js';
import { Transfers } from './transfers/transfers.service.js';
import { AccountEvents } from './users/account-events.js';
import { Accounts } from './users/accounts.js';
import { AccountBatchRepository } from './users/batch/account-batch.repository.js';
import { Usernames } from './users/usernames.js';
import { UserList } from './users/user-list.repository.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';

@Module({
  controllers: [
    ImportChunksConsumer,
    FinishedImportsConsumer,
    AbsenteesConsumer,
    AuthController,
    JwksController,
    MeController,
    OwnPasswordController,
    OwnSessionsController,
    UserSessionsController,
    IdentityProviderController,
    CompaniesController,
    OwnCompanyController,
    UserExportController,
    DropInExportController,
    // Before what takes any word for an id.
    MassChangesController,
    UsersController,
    AccountDataController,
    UserDeletionController,
    TransfersController,
    RecordsConsumer,
    UserGroupsController,
    CodeListsController,
    LicencesController,
    ApiKeysController,
    AuditLogController,
    AccessLinksController,
    SendJobsController,
    SettledLinksConsumer,
    MarksConsumer,
  ],
  providers: [
    ...IMPORT_OWNER_PROVIDERS,
    { provide: CHUNK_OWNER, useExisting: AccountChunks },
    AccountChunks,
    AccountChunkWriter,
    AccountDecider,
    AccountMatchesRepository,
    GroupMaker,
    AccountLedgerRepository,
    AccountLedgers,
    Administrators,
    AbsenteeList,
    AbsentAccounts,
    AuditTrail,
    AuditLogRepository,
    AuditLogService,
    AuditExport,
    CompaniesRepository,
    CompaniesService,
    UsersRepository,
    UserList,
    UserExportRepository,
    UserExport,
    DataDownloadsRepository,
    AccountData,
    DeletionRepository,
    UserDeletion,
    AccountEvents,
    Usernames,
    Accounts,
    AccountBatchRepository,
    AccountBatch,
    MassChangesRepository,
    MassChangeWriter,
    MassChangeSteps,
    MassChangeRunner,
    MassChanges,
    UsersService,
    UserGroupsRepository,
    UserGroupsService,
    CodeListsRepository,
    CodeListsService,
    AccountReferences,
    LicencesRepository,
    LicencesService,
    RepsRepository,
    RepsService,
    ApiKeysRepository,
    ApiKeysService,
    SigningKeysRepository,
    SignInAccountsRepository,
    AttemptsRepository,
    Attempts,
    PasswordChecks,
    PasswordsService,
    SessionsRepository,
    SessionsService,
    RevocationsRepository,
    RevocationsService,
    IdentityProvidersRepository,
    IdentityProvidersService,
    IssuerKeys,
    IdentityAssertions,
    SignInNotes,
    SignInPruner,
    endedJobs(JOB_TABLES),
    AccessTokens,
    Credentials,
    RefreshTokensRepository,
    RefreshTokens,
    SignInService,
    MeService,
    AccessLinksRepository,
    AccessLinksService,
    LinkTokens,
    LinkDelivery,
    SendJobsRepository,
    LinkSender,
    SendJobs,
    Marks,
    OwnRestorePoints,
    RecordNotes,
    TransfersRepository,
    Transfers,
    Answers,
  ],
})
export class UserAdminModule {}
