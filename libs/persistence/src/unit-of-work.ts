import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import type { Actor, Cause, Id } from '@muster/contracts';
import { databaseNames, type ServiceDatabase } from './service-database.js';
import { inTransaction } from './transaction.js';

/** On whose data a unit of work works, who does it and why: what row-level security and the change logs go by. */
export interface Scope {
  readonly companyId: Id;
  readonly actor: Actor;
  readonly cause: Cause;
  /** W3C Trace Context; travels with the events of the unit of work. */
  readonly traceparent?: string;
}

interface Running {
  readonly manager: EntityManager;
  /** undefined: the unit of work is the worker's, over all companies. */
  readonly scope: Scope | undefined;
  readonly afterCommit: (() => void)[];
}

/**
 * The only way to the database. A unit of work is one transaction under one role; a nested one joins it.
 * One instance a service, so that services which share a process share no transaction.
 */
export class UnitOfWork {
  private readonly running = new AsyncLocalStorage<Running>();
  private readonly roles: { readonly app: string; readonly worker: string };

  constructor(
    private readonly dataSource: DataSource,
    database: Pick<ServiceDatabase, 'service'>,
  ) {
    this.roles = databaseNames(database.service);
  }

  /**
   * Runs `work` in a transaction that sees one company's data only. Rolls back when `work` throws.
   * Inside another unit of work of the same company it joins that one; of another company it throws.
   */
  run<T>(scope: Scope, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.join(scope, work, this.roles.app);
  }

  /** Runs `work` as the service's worker: queues, leases and credential look-up over all companies, nothing else. */
  runAsWorker<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.join(undefined, work, this.roles.worker);
  }

  /** Calls `then` once the surrounding unit of work has committed; never when it rolls back. */
  afterCommit(then: () => void): void {
    this.require().afterCommit.push(then);
  }

  /** The scope of the surrounding unit of work of a company. */
  scope(): Scope {
    const { scope } = this.require();
    if (!scope) throw new Error('A unit of work of the worker has no company');
    return scope;
  }

  private require(): Running {
    const running = this.running.getStore();
    if (!running) throw new Error('No unit of work is open');
    return running;
  }

  private async join<T>(scope: Scope | undefined, work: (m: EntityManager) => Promise<T>, role: string): Promise<T> {
    const outer = this.running.getStore();
    if (outer) {
      if (outer.scope?.companyId !== scope?.companyId) {
        throw new Error('A unit of work cannot work on two companies, nor for a company and all of them');
      }
      return work(outer.manager);
    }
    const afterCommit: (() => void)[] = [];
    const settings = {
      role,
      'muster.company': scope?.companyId ?? '',
      'muster.actor': scope?.actor ?? '',
      'muster.cause': scope?.cause ?? '',
    };
    const result = await inTransaction(this.dataSource, settings, (manager) =>
      this.running.run({ manager, scope, afterCommit }, () => work(manager)),
    );
    // Outside of the storage: what is called now belongs to no unit of work.
    this.running.exit(() => afterCommit.forEach((then) => then()));
    return result;
  }
}
