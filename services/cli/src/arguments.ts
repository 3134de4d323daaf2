import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage-error.js';

type Options = NonNullable<ParseArgsConfig['options']>;

const COMMON = { language: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const satisfies Options;

/** What every command understands, told before anything can be wrong with the rest. */
export function commonArguments(args: readonly string[]): { language: string | undefined; help: boolean } {
  const { values } = parseArgs({ args: [...args], options: COMMON, strict: false });
  const language = typeof values.language === 'string' ? values.language : undefined;
  return { language, help: values.help === true };
}

/** Options of a command, and what stands without a name. @throws UsageError for an option that it does not have */
export function parseArguments<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options: { ...COMMON, ...options }, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
