import { Absentee, AbsenteeTally, ChunkResult, PlannedPresence } from '@muster/import-owner';
import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { COMPANY_DELETION_ENTITIES, IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { AccessLink } from './access-links/access-link.entity.js';
import { SendJob, SendJobItem } from './access-links/send-job.entity.js';
import { DataDownload } from './account-data/data-download.entity.js';
import { ApiKey } from './api-keys/api-key.entity.js';
import { MassChange, MassChangeRow } from './bulk/mass-change.entity.js';
import { IdentityProvider } from './identity-providers/identity-provider.entity.js';
import { Session } from './sessions/session.entity.js';
import { SignIn1764000000020 } from './migrations/1764000000020-sign-in.js';
import { StoredCodeList } from './code-lists/code-list.entity.js';
import { Company } from './companies/company.entity.js';
import { CompanyDeletion1764000000075 } from './migrations/1764000000075-company-deletion.js';
import { EndedJobs1764000000132 } from './migrations/1764000000132-ended-jobs.js';
import { Absentees1764000000134 } from './migrations/1764000000134-absentees.js';
import { CheaperLogs1764000000137 } from './migrations/1764000000137-cheaper-logs.js';
import { QuickSortKeys1764000000138 } from './migrations/1764000000138-quick-sort-keys.js';
import { AbsenteeTally1764000000141 } from './migrations/1764000000141-absentee-tally.js';
import { OldAnswers1764000000144 } from './migrations/1764000000144-old-answers.js';
import { ListingByIds1764000000135 } from './migrations/1764000000135-listing-by-ids.js';
import { AbsenteesByState1764000000136 } from './migrations/1764000000136-absentees-by-state.js';
import { ForgottenAnswers1764000000120 } from './migrations/1764000000120-forgotten-answers.js';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';
import { Accounts1764000000010 } from './migrations/1764000000010-accounts.js';
import { AuditLog1764000000030 } from './migrations/1764000000030-audit-log.js';
import { UserGroup } from './groups/user-group.entity.js';
import { Groups1764000000040 } from './migrations/1764000000040-groups.js';
import { AccessLinks1764000000050 } from './migrations/1764000000050-access-links.js';
import { Deletion1764000000060 } from './migrations/1764000000060-deletion.js';
import { Transfers1764000000070 } from './migrations/1764000000070-transfers.js';
import { MassChanges1764000000080 } from './migrations/1764000000080-mass-changes.js';
import { TermSigns1764000000131 } from './migrations/1764000000131-term-signs.js';
import { Listing1764000000090 } from './migrations/1764000000090-listing.js';
import { AccountData1764000000110 } from './migrations/1764000000110-account-data.js';
import { RefreshToken } from './sign-in/refresh-token.entity.js';
import { SigningKey } from './sign-in/signing-key.entity.js';
import { Imports1764000000100 } from './migrations/1764000000100-imports.js';
import { Transfer } from './transfers/transfer.entity.js';
import { UserAccount } from './users/user-account.entity.js';

export const USER_ADMIN_DATABASE: ServiceDatabase = {
  service: 'user-admin',
  entities: [
    Company,
    UserAccount,
    UserGroup,
    StoredCodeList,
    ApiKey,
    RefreshToken,
    Session,
    SigningKey,
    IdentityProvider,
    AccessLink,
    SendJob,
    SendJobItem,
    Transfer,
    MassChange,
    MassChangeRow,
    DataDownload,
    ChunkResult,
    PlannedPresence,
    Absentee,
    AbsenteeTally,
    ...MESSAGING_ENTITIES,
    ...IDEMPOTENCY_ENTITIES,
    ...COMPANY_DELETION_ENTITIES,
  ],
  migrations: [
    Foundation1764000000000,
    Accounts1764000000010,
    SignIn1764000000020,
    AuditLog1764000000030,
    Groups1764000000040,
    AccessLinks1764000000050,
    Deletion1764000000060,
    Transfers1764000000070,
    CompanyDeletion1764000000075,
    MassChanges1764000000080,
    Listing1764000000090,
    Imports1764000000100,
    AccountData1764000000110,
    ForgottenAnswers1764000000120,
    TermSigns1764000000131,
    EndedJobs1764000000132,
    Absentees1764000000134,
    ListingByIds1764000000135,
    AbsenteesByState1764000000136,
    CheaperLogs1764000000137,
    QuickSortKeys1764000000138,
    AbsenteeTally1764000000141,
    OldAnswers1764000000144,
  ],
};
