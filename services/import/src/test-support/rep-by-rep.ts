import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { importChunkOrdered } from '@muster/contracts';
import type { ImportRepPage } from '../assignment/assignment.dto.js';
import type { ImportDto } from '../imports/import.dto.js';
import type { ImportRowPage } from '../results/row.dto.js';
import { customersConfiguration, startImportService, type ImportService } from './import-service.js';
import { playOwners, type Owners } from './owners.js';

export const NONE = {
  ...{ created: 0, updated: 0, unchanged: 0, ignored: 0, invalid: 0, failed: 0, unprocessed: 0 },
  ...{ deactivated: 0, removed: 0 },
};
export const [ANN, BEN, CID] = ['rep01@example.com', 'rep02@example.com', 'rep03@example.com'] as const;

/** Rows 2 to 8: Ann, Ben, Ann, nobody, Ben, Cid, Ann. */
const FILE = [ANN, BEN, ANN, 'nobody@example.com', BEN, CID, ANN].map((rep, i) => `${i},Name ${i},${rep}`);
export const CSV = ['Id,Name,Rep', ...FILE].join('\r\n');

interface Named {
  readonly id: string;
}

/** What an assistant does with an import of {@link CSV}. */
export class Assistant {
  private constructor(
    readonly imports: ImportService,
    public owners: Owners,
  ) {}

  static async start(): Promise<Assistant> {
    const imports = await startImportService();
    return new Assistant(imports, await playOwners(imports.service));
  }

  async stop(): Promise<void> {
    await this.owners.stop();
    await this.imports.stop();
  }

  /** Staged or planned, and the ids of Ann, Ben and Cid. */
  async begin(then: 'stage' | 'plan' = 'plan', options: object = {}) {
    const job = await this.imports.importFile(CSV, customersConfiguration({ options }), then);
    const idOf = new Map((await this.repsOf(job)).map(({ value, userId }) => [value, userId ?? '']));
    return { job, ann: idOf.get(ANN) ?? '', ben: idOf.get(BEN) ?? '', cid: idOf.get(CID) ?? '' };
  }

  post({ id }: Named, path: string, body?: object): Promise<Response> {
    return this.imports.send('POST', `/imports/${id}/${path}`, body);
  }

  patch({ id }: Named, path: string, body: object): Promise<Response> {
    return this.imports.send('PATCH', `/imports/${id}${path}`, body, { 'if-match': '*' });
  }

  async upload(text: string): Promise<Named> {
    const form = new FormData();
    form.set('file', new Blob([text]), 'corrected.csv');
    return this.imports.ask('POST', '/uploads', form);
  }

  async run(job: Named, userId: string, state = 'paused'): Promise<ImportDto> {
    const answer = await this.post(job, `reps/${userId}/run`);
    if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    return this.until(job, state);
  }

  until(job: Named, state: string): Promise<ImportDto> {
    return vi.waitFor(async () => {
      const now = await this.read(job);
      if (now.state !== state) throw new Error(`The import is ${now.state}: ${JSON.stringify(now.problem)}`);
      return now;
    }, PATIENT); // prettier-ignore
  }

  read({ id }: Named): Promise<ImportDto> {
    return this.imports.ask('GET', `/imports/${id}`);
  }

  async repsOf({ id }: Named): Promise<ImportRepPage['items']> {
    return (await this.imports.ask<ImportRepPage>('GET', `/imports/${id}/reps`)).items;
  }

  async progress(job: Named): Promise<string[]> {
    return (await this.repsOf(job)).map((rep) => rep.progress);
  }

  async rowsOf({ id }: Named, query = ''): Promise<ImportRowPage['items']> {
    return (await this.imports.ask<ImportRowPage>('GET', `/imports/${id}/rows?${query}`)).items;
  }

  /** Rows of the result files: successful, failed, unprocessed. */
  async filesOf({ id }: Named): Promise<string[][]> {
    const texts = ['successful', 'failed', 'unprocessed'].map(async (outcome) => {
      const file = await this.imports.send('GET', `/imports/${id}/results?outcome=${outcome}&language=en`);
      return (await file.text()).trimEnd().split('\r\n').slice(1);
    });
    return Promise.all(texts);
  }

  /** Work orders of runs. */
  ordersOf({ id }: Named) {
    return this.imports.service.events(importChunkOrdered).filter(({ data }) => data.importId === id && !data.dryRun);
  }
}

export async function refusal(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { code: string }).code];
}
