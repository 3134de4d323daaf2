import { readFile } from 'node:fs/promises';
import { parseArguments } from '../arguments.js';
import { MusterApi } from '../api/muster-api.js';
import type { Command, CommandContext } from '../command.js';
import { connectionOf, type Connection } from '../config.js';
import type { Import } from '../import/api-types.js';
import { chosenConfiguration } from '../import/chosen-configuration.js';
import { follow, giveCommand } from '../import/follow.js';
import { ENDINGS, GOALS, type Ending, type Goal } from '../import/next-step.js';
import { openOriginal } from '../import/original.js';
import { partLimits, partRows, smallerLimits } from '../import/part-limits.js';
import { progressText, summaryText, type Report } from '../import/report.js';
import { resultsFormat, writeResults } from '../import/results.js';
import { seriesPrefix } from '../import/series-name.js';
import { PartNotSent, sendSeries, type SeriesOrder } from '../import/series.js';
import { OwnProblem } from '../own-problem.js';
import { UsageError } from '../usage-error.js';
import { fileArgument } from './file-argument.js';

const PATIENCE_SECONDS = '600';

export const importFile: Command = {
  summary: 'imports a file of any size, in parts where it is too large for one upload',
  help: `muster import FILE --configuration FILE | --configuration-name NAME [OPTION...]

Sends a file to Muster, in parts if it is larger than the company allows of one, and goes with it as far as it is told. Broken
off at any point, the same command goes on where it stopped; nothing is kept on this machine.

  --configuration FILE       what the columns mean (.importcfg); its source also says how FILE is read
  --configuration-name NAME  a saved configuration
  --then stage|plan|run      how far to go (preset: run); a plan that was looked at is run by the same command with run
  --results FILE             every row with its number in the file and what became of it: .csv, .xlsx or .ods
  --part-rows N              rows of a part, if not as many as the company allows
  --patience SECONDS         how long one request is tried when the network fails (preset: ${PATIENCE_SECONDS})
  --url URL                  where Muster is, instead of MUSTER_URL
  --token-file FILE          an API key or token, instead of MUSTER_TOKEN or MUSTER_TOKEN_FILE
  --json                     one line of JSON for each step on stdout, the last one with the import

Exit codes: 0 done; 1 done, but rows were or would be refused; 2 refused or failed, with one line of JSON on stderr; 3 it waits,
for an approval, the night or a person; 4 Muster did not answer, the same command goes on; 130 interrupted, likewise.`,

  async run(args, context) {
    const { values, positionals } = parseArguments(args, {
      configuration: { type: 'string' },
      'configuration-name': { type: 'string' },
      ...{ then: { type: 'string', default: 'run' }, results: { type: 'string' }, 'part-rows': { type: 'string' } },
      ...{ patience: { type: 'string', default: PATIENCE_SECONDS }, url: { type: 'string' } },
      ...{ 'token-file': { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const file = fileArgument(positionals);
    const [goal, rows, patienceMs] = [goalOf(values.then), partRows(values['part-rows']), patienceOf(values.patience)];
    if (values.results !== undefined) resultsFormat(values.results);
    const report = reporter(context, values.json);
    const api = connect(connectionOf(values.url, values['token-file']), context, patienceMs, report);
    const chosen = await chosenConfiguration(api, values.configuration, values['configuration-name']);
    const original = await openOriginal(file, chosen.source);
    try {
      const prepared = { original, chosen: chosen.body, goal, signal: context.signal };
      const limits = await partLimits(api, rows);
      const started = await sendWithin(api, { ...prepared, limits, prefix: '' }, chosen.document, report);
      const { job, ending } = await follow(api, started, goal, report, context.signal);
      if (values.results !== undefined && job.counters.read > 0) {
        const count = await writeResults(api, job.id, original, values.results, context.language);
        report({ event: 'results', file: values.results, rows: count });
      }
      return await tellEnd(job, ending, values.json, context);
    } finally {
      await original.table.close();
    }
  },
};

/** In smaller parts where the server turns out to allow less. */
async function sendWithin(api: MusterApi, order: SeriesOrder, document: object, report: Report): Promise<Import> {
  const prefix = await seriesPrefix(order.original.path, document, order.limits);
  try {
    return await sendSeries(api, { ...order, prefix }, report);
  } catch (error) {
    if (!(error instanceof PartNotSent)) throw error;
    const limits = smallerLimits(order.limits, error.part, error.cause);
    if (!limits) throw error.cause;
    await giveCommand(api, error.importId, 'cancel');
    report({ event: 'smaller', ...limits });
    return sendWithin(api, { ...order, limits }, document, report);
  }
}

function connect({ url, token, tokenFile }: Connection, context: CommandContext, patienceMs: number, report: Report) {
  const { language, signal } = context;
  return new MusterApi({
    ...{ url, language, signal, patienceMs },
    token: async () => token ?? (await readFile(tokenFile ?? '', 'utf8')).trim(),
    onRetry: (reason, pause) => report({ event: 'retry', reason, seconds: Math.ceil(pause / 1000) }),
  });
}

/** Whoever does not read on is not asked to. */
function reporter({ output, notes, language }: CommandContext, isJson: boolean): Report {
  return (progress) => {
    const written = isJson
      ? output.write(`${JSON.stringify(progress)}\n`)
      : notes.write(`${progressText(progress, language)}\n`);
    written.catch(() => undefined);
  };
}

async function tellEnd(job: Import, ending: Ending, isJson: boolean, context: CommandContext): Promise<number> {
  const text = isJson
    ? `${JSON.stringify({ event: 'end', ending, import: job })}\n`
    : summaryText(job, context.language);
  await context.output.write(text);
  if (ending === 'failed') {
    throw new OwnProblem('import_ended', { importId: job.id, state: job.state, reason: job.problem?.detail ?? '' });
  }
  return ENDINGS[ending];
}

function goalOf(text: string): Goal {
  const goal = GOALS.find((known) => known === text);
  if (!goal) throw new UsageError(`--then is one of ${GOALS.join(', ')}, not "${text}".`);
  return goal;
}

function patienceOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--patience is a number of seconds, not "${text}".`);
  return Number(text) * 1000;
}
