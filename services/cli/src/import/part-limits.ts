import { DEFAULT_LIMITS } from '@muster/tabular';
import type { MusterApi } from '../api/muster-api.js';
import { Refusal } from '../api/refusal.js';
import { UsageError } from '../usage-error.js';
import type { Company } from './api-types.js';
import type { CutPart, PartLimits } from './cut-file.js';

/** A part is too large for Muster, or for a proxy before it. */
const TOO_LARGE: readonly string[] = ['file_too_large', 'http_413'];

/** A part is held in memory while it is sent. */
const MOST_BYTES = 64 * 1024 ** 2;

/** What the company allows of one file, or less if it was asked for. */
export async function partLimits(api: MusterApi, wanted: number | undefined): Promise<PartLimits> {
  const { rows, bytes } = await companyLimits(api);
  return { rows: Math.min(wanted ?? rows, rows), bytes: Math.min(bytes, MOST_BYTES) };
}

/** A key for imports need not be one for settings: then the presets hold until the server says otherwise. */
async function companyLimits(api: MusterApi): Promise<PartLimits> {
  try {
    const { importRowLimit, importByteLimit } = await api.get<Company>('/v1/company');
    return { rows: importRowLimit ?? DEFAULT_LIMITS.rows, bytes: importByteLimit ?? DEFAULT_LIMITS.fileBytes };
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 403)) throw error;
    return { rows: DEFAULT_LIMITS.rows, bytes: DEFAULT_LIMITS.fileBytes };
  }
}

/** Half of what was refused for its size; undefined: it was refused for something else, or is as small as can be. */
export function smallerLimits(
  limits: PartLimits,
  { rows, file }: Pick<CutPart, 'rows' | 'file'>,
  error: unknown,
): PartLimits | undefined {
  if (!(error instanceof Refusal) || rows < 2) return undefined;
  if (error.problem.code === 'too_many_rows') return { ...limits, rows: Math.ceil(rows / 2) };
  return TOO_LARGE.includes(error.problem.code) ? { ...limits, bytes: Math.ceil(file.size / 2) } : undefined;
}

/** @throws UsageError */
export function partRows(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--part-rows is a number of rows, not "${text}".`);
  return Number(text);
}
