import { setTimeout } from 'node:timers/promises';
import type { MusterApi } from '../api/muster-api.js';
import { Refusal } from '../api/refusal.js';
import type { Import } from './api-types.js';
import { nextStep, type Ending, type Goal } from './next-step.js';
import type { Report } from './report.js';

const LOOK_MS = 1_000;
/** Shares that are worth a line. */
const STEP_PERCENT = 10;

/** Watches an import until it has gone so far, and says the next step where nobody did. */
export async function follow(
  api: MusterApi,
  started: Import,
  goal: Goal,
  report: Report,
  signal: AbortSignal,
): Promise<{ job: Import; ending: Ending }> {
  let told = '';
  for (let job = started; ; job = await api.get<Import>(`/v1/imports/${job.id}`)) {
    const { state, progress } = job;
    const percent = Math.floor((progress.share * 100) / STEP_PERCENT) * STEP_PERCENT;
    if (told !== `${state} ${percent}`) report({ event: 'state', state, percent, secondsLeft: progress.secondsLeft });
    told = `${state} ${percent}`;
    const next = nextStep(job, goal);
    if (next.do === 'end') return { job, ending: next.ending };
    if (next.do === 'command') await giveCommand(api, job.id, next.command);
    else await setTimeout(LOOK_MS, undefined, { signal });
  }
}

/** Gives an import a command. The answer of an earlier try was lost, perhaps, and it has been carried out. */
export async function giveCommand(api: MusterApi, id: string, name: 'plan' | 'run' | 'cancel'): Promise<void> {
  try {
    await api.ask('POST', `/v1/imports/${id}/${name}`, { json: {} });
  } catch (error) {
    if (!(error instanceof Refusal && error.problem.code === 'import_state')) throw error;
  }
}
