import { Problem } from '@muster/contracts';
import type { Company } from './company.entity.js';

const FEWEST_LICENCES = 2;

type Facts = Pick<Company, 'licences' | 'hostSystem'>;

/**
 * Why a company imports and exports no staff accounts: its host system keeps them in step, or it is too small for lists.
 * Undefined: it does.
 */
export function userImportObstacle({ licences, hostSystem }: Facts): 'host' | 'licences' | undefined {
  if (hostSystem !== 'none') return 'host';
  return licences < FEWEST_LICENCES ? 'licences' : undefined;
}

/** What is said to who asks for an import or export of staff accounts that there is not. */
export function noUserImport({ licences, hostSystem }: Facts) {
  const reason = userImportObstacle({ licences, hostSystem });
  return reason && { reason, licences, hostSystem };
}

/** @throws Problem user_import_not_available, with the reason */
export function requireUserImport(company: Facts): void {
  const params = noUserImport(company);
  if (params) throw new Problem('user_import_not_available', { params });
}
