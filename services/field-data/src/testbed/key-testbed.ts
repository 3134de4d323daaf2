import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import type { Scope, UnitOfWork } from '@muster/persistence';
import { KeySetWorker } from '../record-keys/key-set-worker.js';
import type { KeySet } from '../record-keys/key-set.entity.js';
import type { TestService } from '@muster/testing';

type KeySetRow = Pick<KeySet, 'id' | 'entity' | 'paths' | 'state'>;

/** What a test asks of the key sets of a company. */
export class KeyTestbed {
  constructor(
    private readonly service: TestService,
    private readonly uow: UnitOfWork,
  ) {}

  sets(scope: Scope): Promise<KeySetRow[]> {
    return this.uow.run(scope, (manager) =>
      manager.query<KeySetRow[]>(`select id, entity, paths, state from key_set order by id`),
    );
  }

  /** Until there are so many, all of them ready. */
  async ready(scope: Scope, count: number): Promise<void> {
    await vi.waitFor(async () => {
      this.service.app.get(KeySetWorker).wake();
      const states = (await this.sets(scope)).map(({ state }) => state);
      if (states.length !== count || states.some((state) => state !== 'ready')) throw new Error(`They are ${states}`);
    }, PATIENT);
  }

  /** Keys that are kept and should not be, and those that are missing. */
  async strays(scope: Scope): Promise<object[]> {
    const found: object[] = [];
    for (const { id, entity, paths } of await this.sets(scope)) {
      found.push(...(await this.uow.run(scope, async (manager) => {
        const [row] = await manager.query<{ keys: string }[]>(`select record_keys_of($1, $2, $3) as keys`, [entity, id, paths]);
        const kept = `select company_id, key_set_id, digest, rep_id, record_id from record_key where key_set_id = '${id}'`;
        return manager.query<object[]>(
          `(${row?.keys} except ${kept}) union all (${kept} except ${row?.keys})`,
        );
      }))); // prettier-ignore
    }
    return found;
  }

  async count(scope: Scope): Promise<number> {
    const [row] = await this.uow.run(scope, (manager) =>
      manager.query<{ n: number }[]>(`select count(*) as n from record_key`),
    );
    return row?.n ?? 0;
  }
}
