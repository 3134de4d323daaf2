import { Problem } from '@muster/contracts';
import { violatedConstraint } from '@muster/persistence';

const FIELDS = new Map([
  ['UQ_user_account_email', 'email'],
  ['UQ_user_account_employee_number', 'employeeNumber'],
  ['UQ_user_account_username', 'username'],
]);

/**
 * What to throw for an error of a write of accounts: `value_taken`, naming the field, when another account holds a value.
 * @param at JSON pointer to the account in the request body; preset the body itself
 */
export function takenValue(error: unknown, at = ''): unknown {
  const field = FIELDS.get(violatedConstraint(error) ?? '');
  if (field === undefined) return error;
  const params = { field };
  return new Problem('value_taken', {
    params,
    errors: [{ pointer: `${at}/${field}`, code: 'value_taken', params }],
    cause: error,
  });
}
