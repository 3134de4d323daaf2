import { readFile } from 'node:fs/promises';
import type { MusterApi } from '../api/muster-api.js';
import { OwnProblem } from '../own-problem.js';
import { UsageError } from '../usage-error.js';
import type { SavedConfiguration, SavedConfigurationPage } from './api-types.js';
import type { SourceSaid } from './original.js';

export interface Chosen {
  /** As the body of an import names it. */
  readonly body: object;
  /** What it says, to the letter: another version makes another series. */
  readonly document: object;
  readonly source: SourceSaid;
}

/** A document in a file, or a saved one by its name. @throws UsageError unless there is exactly one, OwnProblem */
export async function chosenConfiguration(
  api: MusterApi,
  file: string | undefined,
  name: string | undefined,
): Promise<Chosen> {
  if ((file === undefined) === (name === undefined)) {
    throw new UsageError('Either --configuration FILE or --configuration-name NAME says what the columns mean.');
  }
  if (name !== undefined) return saved(api, name);
  const document = await documentIn(file ?? '');
  return { body: { configuration: document }, document, source: sourceOf(document) };
}

async function saved(api: MusterApi, name: string): Promise<Chosen> {
  const { items } = await api.get<SavedConfigurationPage>(`/v1/import-configurations?name=${encodeURIComponent(name)}`);
  const id = items[0]?.id;
  if (id === undefined) throw new OwnProblem('configuration_not_found', { name });
  const { configuration, version } = await api.get<SavedConfiguration>(`/v1/import-configurations/${id}`);
  return { body: { configurationId: id }, document: { id, version, configuration }, source: sourceOf(configuration) };
}

async function documentIn(file: string): Promise<object> {
  const text = await readFile(file, 'utf8');
  try {
    const document: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof document === 'object' && document !== null) return document;
    throw new TypeError(typeof document);
  } catch (error) {
    throw new OwnProblem('configuration_not_json', { file, reason: error instanceof Error ? error.message : '' });
  }
}

/** What is wrong with it the server says. */
function sourceOf(document: object): SourceSaid {
  const source: unknown = 'source' in document ? document.source : undefined;
  const said = (typeof source === 'object' && source !== null ? source : {}) as Record<string, unknown>;
  const text = (name: string): string | undefined => (typeof said[name] === 'string' ? said[name] : undefined);
  const number = (name: string): number | undefined => (Number.isInteger(said[name]) ? Number(said[name]) : undefined);
  const numbers = { headerRow: number('headerRow'), firstDataRow: number('firstDataRow') };
  return { sheet: text('sheet'), delimiter: text('delimiter'), encoding: text('encoding'), ...numbers };
}
