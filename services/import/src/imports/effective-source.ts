import type { ImportConfiguration } from '@muster/import-model';
import type { SourceSettings } from '../uploads/source-settings.js';

/** What was recognised in the file, overridden by what the configuration says. */
export function effectiveSource(recognised: SourceSettings, { source = {} }: ImportConfiguration): SourceSettings {
  return {
    ...recognised,
    encoding: source.encoding ?? recognised.encoding,
    delimiter: source.delimiter ?? recognised.delimiter,
    headerRow: source.headerRow ?? recognised.headerRow,
  };
}

/** Whether the header must be read again because the configuration reads the file another way. */
export function readsAnotherWay(recognised: SourceSettings, effective: SourceSettings): boolean {
  const { encoding, delimiter, headerRow } = effective;
  return recognised.encoding !== encoding || recognised.delimiter !== delimiter || recognised.headerRow !== headerRow;
}
