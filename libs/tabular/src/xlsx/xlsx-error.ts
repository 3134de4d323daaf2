import { TabularError } from '../tabular-error.js';

/** The file is damaged, or not what it says it is. `reason` is for logs and for who made the file. */
export function unreadable(reason: string): TabularError {
  return new TabularError('file_unreadable', { format: 'XLSX', reason });
}
