import { Problem } from '@muster/contracts';
import { chosenFields } from '@muster/platform';
import { ACCOUNT_FIELDS, accountField, type AccountField } from '../users/account-fields.js';

/**
 * The columns of an export in their order, each once.
 * @param wanted ids with commas between them; undefined: all that the reader sees. `kind` only when it is named: it is the
 *   same in all rows, and nothing that an import sets
 * @param seesAllFields also the fields for administrators only
 * @throws Problem validation_failed, naming the nearest of each field that there is not; forbidden
 */
export function exportFields(wanted: string | undefined, seesAllFields: boolean): readonly AccountField[] {
  if (wanted === undefined) {
    return ACCOUNT_FIELDS.filter(
      ({ id, administratorsOnly }) => id !== 'kind' && (seesAllFields || !administratorsOnly),
    );
  }
  const ids = chosenFields(
    wanted,
    ACCOUNT_FIELDS.map(({ id }) => id),
  );
  const fields = ids.flatMap((id) => accountField(id) ?? []);
  if (!seesAllFields && fields.some(({ administratorsOnly }) => administratorsOnly)) {
    throw new Problem('forbidden', { params: { needed: 'users:write' } });
  }
  return fields;
}
