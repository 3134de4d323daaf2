import { Injectable } from '@nestjs/common';
import { decodeProtectedHeader } from 'jose';
import { isStorable, Problem } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { TokenSubject } from '../sign-in/access-token.js';
import { subjectOf } from '../sign-in/credentials.js';
import { signInScope } from '../sign-in/sign-in-scope.js';
import { SignInAccountsRepository } from '../sign-in/sign-in-accounts.repository.js';
import { IdentityProvidersRepository } from './identity-providers.repository.js';
import { IssuerKeys } from './issuer-keys.js';
import { verifyAssertion } from './verify-assertion.js';

/** Lets in whom the issuer of a company vouches for. Which company is what the client says, and never what a token says. */
@Injectable()
export class IdentityAssertions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly companies: CompaniesRepository,
    private readonly providers: IdentityProvidersRepository,
    private readonly accounts: SignInAccountsRepository,
    private readonly keys: IssuerKeys,
  ) {}

  /**
   * The person whom an assertion names; each is good once.
   * @param company name or id
   * @throws Problem service_unavailable when the issuer does not answer
   */
  async subjectOf(company: string, assertion: string): Promise<TokenSubject | undefined> {
    const kid = kidOf(assertion);
    const companyId = await this.uow.runAsWorker((manager) => this.companies.idOf(manager, company));
    if (kid === null || companyId === undefined) return undefined;
    const scope = signInScope(companyId);
    const provider = await this.uow.run(scope, (manager) => this.providers.find(manager, companyId));
    if (!provider) return undefined;
    const keys = await this.keys.of(provider.issuer, kid).catch(unavailable);
    const asserted = await verifyAssertion(assertion, provider, keys, new Date());
    if (!asserted || !isStorable(asserted.value)) return undefined;
    return this.uow.run(scope, async (manager) => {
      const account = await this.accounts.byClaim(manager, provider.matchBy, asserted.value);
      if (!account?.loginEnabled) return undefined;
      const first = await this.providers.useAssertion(manager, companyId, assertion, asserted.expiresAt);
      return first ? subjectOf(account) : undefined;
    });
  }
}

/** null: it is no signed token at all. */
function kidOf(assertion: string): string | undefined | null {
  try {
    return decodeProtectedHeader(assertion).kid;
  } catch {
    return null;
  }
}

function unavailable(cause: unknown): never {
  throw cause instanceof Problem ? new Problem('service_unavailable', { cause }) : cause;
}
