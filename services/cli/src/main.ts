import { Unreachable } from './api/refusal.js';
import { commonArguments } from './arguments.js';
import type { Command } from './command.js';
import { importFile } from './commands/import.js';
import { read } from './commands/read.js';
import { sniff } from './commands/sniff.js';
import { terminalLanguage } from './config.js';
import { LANGUAGES, languageNamed } from './language.js';
import { Output, OutputClosed } from './output.js';
import { problemOf } from './problem.js';
import { UsageError } from './usage-error.js';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['import', importFile],
  ['read', read],
  ['sniff', sniff],
]);
const REFUSED = 2;
const UNREACHABLE = 4;
const INTERRUPTED = 130;

/**
 * Runs one command to its end.
 * @param args what stands after `muster`
 * @returns the exit code; with 2 and 4 the last line on stderr is a JSON problem
 */
export async function main(args: readonly string[]): Promise<number> {
  let language = terminalLanguage();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const common = commonArguments(args);
    if (common.language !== undefined) language = languageNamed(common.language);
    const [output, notes] = [new Output(process.stdout), new Output(process.stderr)];
    return (await run(args, common.help, { output, notes, language, signal: interruption.signal })) ?? 0;
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    if (interruption.signal.aborted) return INTERRUPTED;
    process.stderr.write(`${JSON.stringify(await problemOf(error, language))}\n`);
    return error instanceof Unreachable ? UNREACHABLE : REFUSED;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function run(
  [name, ...args]: readonly string[],
  help: boolean,
  context: Parameters<Command['run']>[1],
): Promise<number | void> {
  const command = COMMANDS.get(name ?? '');
  if (help || name === 'help') return context.output.write(`${command?.help ?? overview()}\n`);
  if (!command) {
    const commands = [...COMMANDS.keys()].join(', ');
    throw new UsageError(
      name === undefined ? `A command is missing: ${commands}.` : `"${name}" is none of: ${commands}.`,
    );
  }
  return command.run(args, context);
}

function overview(): string {
  const lines = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(8)}${summary}`);
  return `muster COMMAND [ARGUMENT...]

${lines.join('\n')}

  muster COMMAND --help               how to call it
  --language ${LANGUAGES.join('|').padEnd(23)}  language of problems; else that of the terminal`;
}
