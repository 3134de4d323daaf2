import { companyDefaults } from '../users/effective-values.js';
import { nested } from '../users/nested.js';
import type { CompanyDto } from './company.dto.js';
import type { Company } from './company.entity.js';
import { userImportObstacle } from './user-import.js';

export function companyDto(company: Company): CompanyDto {
  const { id, name, language, timeZone, country, licences, hostSystem, importRowLimit, importByteLimit } = company;
  const reason = userImportObstacle(company) ?? null;
  return {
    id,
    name,
    language,
    timeZone,
    country,
    licences,
    hostSystem,
    importRowLimit,
    importByteLimit,
    defaults: nested(companyDefaults(company.defaults)) as unknown as CompanyDto['defaults'],
    guard: { percent: company.guardPercent, count: company.guardCount },
    nightWindow: { from: company.nightWindowFrom, to: company.nightWindowTo },
    accessLinkDays: company.accessLinkDays,
    userImport: { available: reason === null, reason },
    createdAt: company.createdAt,
  };
}
