import { TabularError } from '../tabular-error.js';

const NAME_LENGTH = 120;

/** Makes the refusals of one archive, which should name the format that a person knows the file by. */
export class ArchiveFaults {
  constructor(public format: 'ZIP' | 'XLSX' | 'ODS') {}

  /** Damaged, cut off, or not what it says it is. */
  unreadable(reason: string, options: { entry?: string | undefined; cause?: unknown } = {}): TabularError {
    const { entry, cause } = options;
    const params = { format: this.format, reason };
    return new TabularError(
      'file_unreadable',
      entry === undefined ? params : { ...params, entry: entry.slice(0, NAME_LENGTH) },
      cause === undefined ? undefined : { cause },
    );
  }

  /** Its end is missing. */
  cutOff(reason: string, entry?: string): TabularError {
    const { code, params } = this.unreadable(reason, { entry });
    return new TabularError(code, { ...params, cut: 'yes' });
  }

  /** What a library that reads the archive has thrown. */
  translated(error: unknown, entry?: string): TabularError {
    if (error instanceof TabularError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return this.unreadable(reason, { entry, cause: error });
  }
}
