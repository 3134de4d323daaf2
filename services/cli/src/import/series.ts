import { randomBytes, randomUUID } from 'node:crypto';
import { multipart } from '../api/multipart.js';
import type { MusterApi } from '../api/muster-api.js';
import { OwnProblem } from '../own-problem.js';
import type { Import, ImportPage, ImportParts, ImportPart } from './api-types.js';
import { cutFile, type CutPart, type PartLimits } from './cut-file.js';
import { isOver, type Goal } from './next-step.js';
import type { Original } from './original.js';
import type { Report } from './report.js';
import { isPresent } from './series-name.js';

/** What is imported, and how. */
export interface SeriesOrder {
  readonly original: Original;
  readonly limits: PartLimits;
  /** How its series begin. */
  readonly prefix: string;
  /** As the body of an import names its configuration. */
  readonly chosen: object;
  readonly goal: Goal;
  readonly signal: AbortSignal;
}

/** A part could not be sent; the series is still open. */
export class PartNotSent extends Error {
  override readonly name = 'PartNotSent';

  constructor(
    readonly importId: string,
    readonly part: Pick<CutPart, 'rows' | 'file'>,
    cause: unknown,
  ) {
    super('A part could not be sent', { cause });
  }
}

/** Of a page; the imports that are looked for are among the latest. */
const LATEST = 200;

/** Sends a file as a series of parts, goes on with one that was broken off, and closes it. @returns its import */
export async function sendSeries(api: MusterApi, order: SeriesOrder, report: Report): Promise<Import> {
  const job = (await openSeries(api, order.prefix)) ?? (await newSeries(api, order));
  const { items, closed } = await api.get<ImportParts>(`/v1/imports/${job.id}/parts`);
  report({ event: 'series', importId: job.id, present: items.length, closed });
  if (closed) return job;
  const count = await sendParts(api, job.id, order, items, report);
  const close = { json: { count, then: order.goal } };
  const going = await api.ask<Import>('POST', `/v1/imports/${job.id}/parts/close`, close);
  report({ event: 'closed', parts: count });
  return going;
}

/** An import of the same file that was broken off, or goes on. */
async function openSeries(api: MusterApi, prefix: string): Promise<Import | undefined> {
  for (const filter of ['&state=draft', '']) {
    const { items } = await api.get<ImportPage>(`/v1/imports?limit=${LATEST}${filter}`);
    const found = items.find((job) => job.parts?.seriesId?.startsWith(prefix) && !isOver(job));
    if (found) return found;
  }
  return undefined;
}

function newSeries(api: MusterApi, { prefix, chosen, goal }: SeriesOrder): Promise<Import> {
  const seriesId = `${prefix}${randomBytes(4).toString('hex')}`;
  const json = { parts: { seriesId }, ...chosen, then: goal };
  return api.ask<Import>('POST', '/v1/imports', { json, key: randomUUID() });
}

/** @returns how many there are */
async function sendParts(
  api: MusterApi,
  importId: string,
  { original, limits, signal }: SeriesOrder,
  items: readonly ImportPart[],
  report: Report,
): Promise<number> {
  const present = new Map(items.map((item) => [item.part, item]));
  let count = 0;
  for await (const part of cutFile(original, limits, signal)) {
    count = part.part;
    const isSent = !(await isPresent(present.get(count), part));
    if (isSent) requireAsCut(part, await sendPart(api, importId, part));
    report({ event: 'part', part: count, rows: part.rows, bytes: part.file.size, sent: isSent });
  }
  return count;
}

/** @throws PartNotSent */
async function sendPart(api: MusterApi, importId: string, cut: CutPart): Promise<ImportPart> {
  const { part, file, fileName, rowOffset, fields } = cut;
  const body = multipart({ rowOffset, ...fields }, file, fileName);
  try {
    return await api.ask<ImportPart>('PUT', `/v1/imports/${importId}/parts/${part}`, { body });
  } catch (cause) {
    throw new PartNotSent(importId, cut, cause);
  }
}

/** No row may be lost on the way. @throws OwnProblem part_read_otherwise */
function requireAsCut({ part, rows }: CutPart, stored: ImportPart): void {
  if (stored.rows === rows) return;
  throw new OwnProblem('part_read_otherwise', { part, rows, read: stored.rows });
}
