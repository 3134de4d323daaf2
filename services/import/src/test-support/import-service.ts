import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { customFieldsOfEntity, describeCompany, resolveReps, type Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import type { ServiceDefinition } from '@muster/platform';
import { startTestService, type TestPerson, type TestService, PATIENT } from '@muster/testing';
import { IMPORT } from '../definition.js';
import type { ImportDto } from '../imports/import.dto.js';

export const REP = 'rep01@example.com';

/** The import service alone: nobody answers its chunks, so an import comes as far as no owner is needed. */
export interface ImportService {
  readonly service: TestService;
  readonly companyId: Id;
  /** Where it keeps uploaded files. */
  readonly filesFolder: string;
  /** Asks as an administrator of the one company. */
  send(method: string, path: string, body?: object | FormData, headers?: Record<string, string>): Promise<Response>;
  /** As {@link send}, as an administrator of another company. */
  ofAnotherCompany: ImportService['send'];
  /** As {@link send}, for a JSON answer of success. */
  ask<Answer>(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Uploads a file and makes an import of it, and waits until it is staged, and planned if asked for. */
  importFile(text: string, configuration: object, then?: 'stage' | 'plan' | 'run'): Promise<ImportDto>;
  stop(): Promise<void>;
}

/** Starts it with a folder of its own and a user-admin that knows reps such as {@link REP}. */
export async function startImportService(): Promise<ImportService> {
  const filesFolder = await mkdtemp(join(tmpdir(), 'muster-import-'));
  const definition: ServiceDefinition = { ...IMPORT, module: (config) => IMPORT.module({ ...config, filesFolder }) };
  const service = await startTestService(definition);
  // Somebody who has signed in: a machine has no session.
  const person: TestPerson = { companyId: newId(), userId: newId(), role: 'administrator', sessionId: newId() };
  answerAsUserAdmin(service);

  const sendAs =
    (who: TestPerson): ImportService['send'] =>
    async (method, path, body, headers = {}) => {
      const form = body instanceof FormData;
      return fetch(`${service.url}/v1${path}`, {
        method,
        headers: {
          ...headers,
          authorization: await service.authorization(who),
          ...(body && !form && { 'content-type': 'application/json' }),
        },
        ...(body && { body: form ? body : JSON.stringify(body) }),
      });
    };
  const send = sendAs(person);
  const stranger: TestPerson = { companyId: newId(), userId: newId(), role: 'administrator' };
  const ask: ImportService['ask'] = async <Answer>(method: string, path: string, body?: object, headers = {}) => {
    const response = await send(method, path, body, headers);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  return {
    service,
    companyId: person.companyId,
    filesFolder,
    send,
    ofAnotherCompany: sendAs(stranger),
    ask,
    importFile: async (text, configuration, then = 'stage') => {
      const form = new FormData();
      form.set('file', new Blob([text]), 'customers.csv');
      const upload = await ask<{ id: string }>('POST', '/uploads', form);
      const { id } = await ask<ImportDto>('POST', '/imports', { uploadId: upload.id, configuration, then });
      return vi.waitUntil(async () => {
        const job = await ask<ImportDto>('GET', `/imports/${id}`);
        return job.state !== 'staging' && job.state !== 'planning' && job;
      }, PATIENT);
    },
    stop: async () => {
      await service.stop();
      await rm(filesFolder, { recursive: true });
    },
  };
}

function answerAsUserAdmin(service: TestService): void {
  const limits = { importRowLimit: 100_000, importByteLimit: 100_000_000 };
  service.answer(describeCompany, () => ({
    ...{ name: 'Test', language: 'en' as const, timeZone: 'Europe/Vienna', country: 'AT' },
    ...limits,
  }));
  service.answer(customFieldsOfEntity, () => ({ fields: [] }));
  const userIds = new Map<string, Id>();
  const userIdOf = (value: string) => userIds.get(value) ?? userIds.set(value, newId()).get(value) ?? '';
  service.answer(resolveReps, ({ values }) => ({
    found: values
      .filter((value) => /^rep\d+@example\.com$/.test(value))
      .map((value) => ({
        ...{ value, userId: userIdOf(value), displayName: 'Rep', email: value, employeeNumber: null },
        ...{ hasOwnSchedule: true, loginEnabled: true },
      })),
    caseOnly: [],
    notNamed: [],
  }));
}

/** Upserts customers by the columns Id, Name and Rep. */
export function customersConfiguration(more: object = {}): object {
  return {
    ...{ formatVersion: 1, entity: 'customer', mode: 'upsert' },
    mappings: [
      { SourceFieldID: 'Id', TargetFieldID: 'externalId', UpdateBehavior: 2 },
      { SourceFieldID: 'Name', TargetFieldID: 'name1', UpdateBehavior: 0 },
    ],
    userMapping: { by: 'email', SourceFieldID: 'Rep' },
    ...more,
  };
}
