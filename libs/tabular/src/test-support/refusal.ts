import { TabularError } from '../tabular-error.js';

/** Code and figures of the refusal that something ends with; undefined when it goes well. Other errors are thrown on. */
export async function refusalOf(outcome: Promise<unknown>): Promise<Record<string, unknown> | undefined> {
  try {
    await outcome;
    return undefined;
  } catch (error) {
    if (!(error instanceof TabularError)) throw error;
    return { code: error.code, ...error.params };
  }
}
