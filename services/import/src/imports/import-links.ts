import type { PartFacts } from '../parts/parts.dto.js';
import { contentOf } from '../uploads/upload.dto.js';
import type { ImportJob } from './import-job.entity.js';
import { commandsOf, mayResume } from './import-state.js';

interface FactsOfFile {
  readonly parts: Pick<PartFacts, 'closed'> | null;
  readonly fileRemovedAt: Date | null;
}

/** What cannot be done before all parts are in. */
const NEEDS_FILE: ReadonlySet<string> = new Set(['stage', 'plan', 'run']);

/** Where to go from an import. */
export function linksOf(job: ImportJob, { parts: series, fileRemovedAt }: FactsOfFile): Record<string, string> {
  const self = `/v1/imports/${job.id}`;
  const parts = ['assignment', 'reps', 'rows', 'absentees', 'configurations', 'results', 'events'].map((part) => [
    part,
    `${self}/${part}`,
  ]);
  const isOpen = series?.closed === false;
  if (series) parts.push(['parts', `${self}/parts`]);
  else if (!fileRemovedAt) parts.push(['file', contentOf(job.uploadId)]);
  if (isOpen && job.state === 'draft') parts.push(['close', `${self}/parts/close`]);
  const actions = commandsOf(job.state)
    .filter((command) => !isOpen || !NEEDS_FILE.has(command))
    .filter((command) => !['configure', 'assign', 'skip'].includes(command))
    .filter((command) => command !== 'resume' || mayResume(job))
    .filter((command) => command !== 'approve' || !job.queued);
  return Object.fromEntries([
    ['self', self],
    ...parts,
    ...actions.map((action) => [action, `${self}/${action}`]),
  ]) as Record<string, string>;
}
