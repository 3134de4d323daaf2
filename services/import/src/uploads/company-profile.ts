import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { describeCompany, ownerOfEntity, Problem, type Id } from '@muster/contracts';
import { Questions } from '@muster/platform';
import type { NightWindow } from '../waiting/night-window.js';
import type { FileLimits } from './upload-reader.js';

interface Profile {
  readonly noUserImport: z.infer<(typeof describeCompany)['answer']>['noUserImport'];
  readonly limits: FileLimits;
  /** IANA name. */
  readonly timeZone: string;
  readonly nightWindow: NightWindow;
}

/** Of a user-admin that does not tell it yet. */
const NIGHT_PRESET: NightWindow = { from: '01:00', to: '05:00' };

/** What user-admin knows of a company, as far as imports need it; at most 30 s old. */
@Injectable()
export class CompanyProfile {
  private readonly known = new LRUCache<Id, Profile>({ max: 1_000, ttl: 30_000 });

  constructor(private readonly questions: Questions) {}

  /** @throws Problem service_unavailable when user-admin does not answer */
  async of(companyId: Id): Promise<Profile> {
    const known = this.known.get(companyId);
    if (known) return known;
    const company = await this.questions.ask(describeCompany, { companyId });
    const limits = { rows: company.importRowLimit, bytes: company.importByteLimit };
    const { timeZone, noUserImport, nightWindow = NIGHT_PRESET } = company;
    const profile = { limits, timeZone, nightWindow, noUserImport };
    this.known.set(companyId, profile);
    return profile;
  }

  /** @throws Problem user_import_not_available for an entity of accounts, where the company has no import of them */
  async requireImportOf(companyId: Id, entity: string): Promise<void> {
    if (ownerOfEntity(entity) !== 'user-admin') return;
    const { noUserImport: params } = await this.of(companyId);
    if (params) throw new Problem('user_import_not_available', { params });
  }
}
