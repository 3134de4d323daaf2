import { Injectable } from '@nestjs/common';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { checkVersion, type Caller } from '@muster/platform';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { IdentityClaim } from '../sign-in/sign-in-accounts.repository.js';
import { given } from '../validation/given.js';
import type { PutIdentityProviderBody } from './identity-provider.dto.js';
import { IdentityProvider } from './identity-provider.entity.js';
import { IdentityProvidersRepository } from './identity-providers.repository.js';
import { IssuerKeys } from './issuer-keys.js';

/** As most issuers call them. */
const PRESET_CLAIMS: Record<IdentityClaim, string> = {
  email: 'email',
  username: 'preferred_username',
  employeeNumber: 'employee_number',
};

@Injectable()
export class IdentityProvidersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly providers: IdentityProvidersRepository,
    private readonly sessions: SessionsRepository,
    private readonly keys: IssuerKeys,
  ) {}

  /** @throws Problem identity_provider_not_found */
  async get(caller: Caller): Promise<IdentityProvider> {
    const provider = await this.uow.run(caller, (manager) => this.providers.find(manager, caller.companyId));
    if (!provider) throw new Problem('identity_provider_not_found');
    return provider;
  }

  /**
   * Registers the issuer of the company; with another one, those whom the last one let in sign in anew.
   * @throws Problem identity_provider_unreachable, validation_failed, version_conflict
   */
  async put(caller: Caller, body: PutIdentityProviderBody, expected: number | undefined): Promise<IdentityProvider> {
    const wanted = given(body);
    checkIssuer(wanted.issuer);
    const { keys } = await this.keys.read(wanted.issuer);
    if (keys.length === 0) throw new Problem('identity_provider_unreachable', { params: { reason: 'keys' } });
    return this.uow.run(caller, async (manager) => {
      const known = await this.providers.findLocked(manager, caller.companyId);
      checkVersion(expected, known?.version ?? 0);
      const provider = registered(caller.companyId, wanted, known, new Date());
      if (known && !isSame(known, provider)) await this.sessions.endOfIssuer(manager, new Date());
      await this.providers.save(manager, provider);
      return provider;
    });
  }

  /** Ends the sessions of those whom the issuer let in. @throws Problem identity_provider_not_found */
  delete(caller: Caller): Promise<void> {
    return this.uow.run(caller, async (manager) => {
      const known = await this.providers.findLocked(manager, caller.companyId);
      if (!known) throw new Problem('identity_provider_not_found');
      await this.providers.delete(manager, caller.companyId);
      await this.sessions.endOfIssuer(manager, new Date());
    });
  }
}

function registered(
  companyId: Id,
  body: PutIdentityProviderBody,
  known: IdentityProvider | null,
  now: Date,
): IdentityProvider {
  const { issuer, audience, matchBy, claim = PRESET_CLAIMS[matchBy] } = body;
  return Object.assign(new IdentityProvider(), {
    companyId,
    issuer,
    audience,
    matchBy,
    claim,
    version: (known?.version ?? 0) + 1,
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
  });
}

function isSame(one: IdentityProvider, other: IdentityProvider): boolean {
  return (['issuer', 'audience', 'matchBy', 'claim'] as const).every((field) => one[field] === other[field]);
}

/** OpenID Connect Discovery, section 3: neither query nor fragment. Where it may be is for the one who fetches to say. */
function checkIssuer(issuer: string): void {
  if (URL.canParse(issuer) && !/[?#\s]/.test(issuer)) return;
  const errors = [{ pointer: '/issuer', code: 'invalid_format', params: { expected: 'url' } }];
  throw new Problem('validation_failed', { params: { count: 1 }, errors });
}
