import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RunsOfConfiguration } from '../configurations/saved-configuration.dto.js';
import type { SavedConfiguration } from '../configurations/saved-configuration.entity.js';
import { nextDeadline } from './deadlines.js';
import { expectedByOf, type ExpectedByInput } from './expected-by.dto.js';
import { ExpectedRunsRepository } from './expected-runs.repository.js';

type Expectation = Pick<SavedConfiguration, 'expectedBy' | 'judgedUntil' | 'missedAt' | 'lookAt'>;

/** No run is expected. */
export const NOT_EXPECTED: Expectation = { expectedBy: null, judgedUntil: null, missedAt: null, lookAt: null };

/** What a request makes of the expectation: what was to come before now is nobody's to judge. */
export function expectationOf(before: Expectation, wished: ExpectedByInput | null | undefined, now: Date): Expectation {
  const { expectedBy, judgedUntil, missedAt, lookAt } = before;
  if (wished === undefined) return { expectedBy, judgedUntil, missedAt, lookAt };
  if (wished === null) return NOT_EXPECTED;
  const next = expectedByOf(wished);
  // Sent again as it was read, nothing changes.
  if (
    JSON.stringify(next) ===
    JSON.stringify(expectedBy && expectedByOf({ ...expectedBy, weekdays: [...expectedBy.weekdays] }))
  )
    return { expectedBy, judgedUntil, missedAt, lookAt };
  return { expectedBy: next, judgedUntil: now, missedAt: null, lookAt: now };
}

@Injectable()
export class RunsOfConfigurations {
  constructor(private readonly repository: ExpectedRunsRepository) {}

  /** @param timeZone of the company */
  async of(
    manager: EntityManager,
    saved: SavedConfiguration,
    timeZone: string,
    now: Date,
  ): Promise<RunsOfConfiguration> {
    const { id, companyId, expectedBy, missedAt } = saved;
    const lastRun = await this.repository.lastEnded(manager, companyId, id);
    const made = missedAt !== null && (await this.repository.came(manager, companyId, id, missedAt, now));
    return {
      expectedBy: expectedBy && { ...expectedBy, weekdays: [...expectedBy.weekdays] },
      nextExpected: expectedBy && nextDeadline(now, expectedBy, timeZone),
      missed: made ? null : missedAt,
      lastRun,
    };
  }
}
