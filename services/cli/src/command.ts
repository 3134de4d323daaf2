import type { Language } from './language.js';
import type { Output } from './output.js';

/** What a command is given to work with. */
export interface CommandContext {
  readonly output: Output;
  /** For what a person is told meanwhile: stderr. */
  readonly notes: Output;
  readonly language: Language;
  /** Aborts when the person interrupts. */
  readonly signal: AbortSignal;
}

/** One word after `muster`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** @returns its exit code; nothing: 0 @throws UsageError when the arguments are not those of the command */
  run(args: readonly string[], context: CommandContext): Promise<number | void>;
}
