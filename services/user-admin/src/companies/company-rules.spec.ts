import { describe, expect, it } from 'vitest';
import { id } from '@muster/contracts';
import { companyIdFor } from './company-id.js';
import { isTimeZone } from './time-zone.js';
import { requireUserImport, userImportObstacle } from './user-import.js';

describe('a time zone', () => {
  it.each(['Europe/Vienna', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+1', 'Europe/Kiev'])('%s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['europe/vienna', 'Europe/vienna', '+01:00', 'Europe/Nowhere', '', ' UTC', null, 7])('not %j', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

describe('the id of a company', () => {
  it('follows from operator and key, and else is new', () => {
    const first = companyIdFor('operator:1', 'k');
    expect(companyIdFor('operator:1', 'k')).toBe(first);
    expect(companyIdFor('operator:2', 'k')).not.toBe(first);
    expect(companyIdFor('operator:1', 'l')).not.toBe(first);
    expect(companyIdFor('operator:1', undefined)).not.toBe(companyIdFor('operator:1', undefined));
    expect(id.safeParse(first).success).toBe(true);
  });
});

describe('the import of users', () => {
  it.each([
    [1, 'none', 'licences'],
    [0, 'none', 'licences'],
    [100, 'salesforce', 'host'],
    [1, 'other', 'host'],
  ] as const)('is not there with %i licences and the host system %s: %s', (licences, hostSystem, reason) => {
    const company = { licences, hostSystem };
    expect(userImportObstacle(company)).toBe(reason);
    const params = { reason, licences, hostSystem };
    expect(() => requireUserImport(company)).toThrow(
      expect.objectContaining({ code: 'user_import_not_available', params }),
    );
  });

  it('is there with two licences and no host system', () => {
    const company = { licences: 2, hostSystem: 'none' } as const;
    expect(userImportObstacle(company)).toBeUndefined();
    expect(() => requireUserImport(company)).not.toThrow();
  });
});
