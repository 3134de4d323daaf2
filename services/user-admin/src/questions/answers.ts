import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  absentAccounts,
  accountLedger,
  administratorsOfCompany,
  describeCompany,
  exchangeCredential,
  findReps,
  makeAccessToken,
  namesOfActors,
  repsInSight,
  resolveReps,
  revocationsSince,
  signingKeys,
} from '@muster/contracts';
import { Questions } from '@muster/platform';
import { AuditLogService } from '../audit/audit-log.service.js';
import { LinkTokens } from '../access-links/link-tokens.js';
import { CompaniesService } from '../companies/companies.service.js';
import { AbsenteeList } from '../import-chunks/absentee-list.js';
import { AccountLedgers } from '../import-chunks/account-ledger.service.js';
import { RepsService } from '../reps/reps.service.js';
import { RevocationsService } from '../sessions/revocations.service.js';
import { AccessTokens } from '../sign-in/access-tokens.js';
import { SignInService } from '../sign-in/sign-in.service.js';
import { Administrators } from '../users/administrators.service.js';

/** What this service answers to others. */
@Injectable()
export class Answers implements OnModuleInit {
  constructor(
    private readonly questions: Questions,
    private readonly reps: RepsService,
    private readonly companies: CompaniesService,
    private readonly signIn: SignInService,
    private readonly tokens: AccessTokens,
    private readonly revocations: RevocationsService,
    private readonly links: LinkTokens,
    private readonly ledgers: AccountLedgers,
    private readonly absentees: AbsenteeList,
    private readonly audit: AuditLogService,
    private readonly administrators: Administrators,
  ) {}

  onModuleInit(): void {
    this.questions.answer(accountLedger, ({ companyId }) => this.ledgers.of(companyId));
    this.questions.answer(administratorsOfCompany, async ({ companyId }) => ({ userIds: await this.administrators.of(companyId) })); // prettier-ignore
    this.questions.answer(absentAccounts, (request) => this.absentees.list(request));
    this.questions.answer(resolveReps, (request) => this.reps.resolve(request));
    this.questions.answer(findReps, async (request) => ({ found: await this.reps.find(request) }));
    this.questions.answer(repsInSight, async (request) => ({ userIds: await this.reps.inSight(request) }));
    this.questions.answer(describeCompany, ({ companyId }) => this.companies.describe(companyId));
    this.questions.answer(exchangeCredential, (request) => this.signIn.exchange(request));
    this.questions.answer(revocationsSince, ({ cursor }) => this.revocations.since(cursor));
    this.questions.answer(makeAccessToken, ({ linkId, attempt }) => this.links.make(linkId, attempt, new Date()));
    this.questions.answer(namesOfActors, async (request) => ({ names: await this.audit.namesOf(request) }));
    this.questions.answer(signingKeys, () => this.tokens.jwks());
  }
}
