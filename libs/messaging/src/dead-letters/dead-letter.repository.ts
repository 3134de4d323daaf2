import { Injectable } from '@nestjs/common';
import type { Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { valueText } from '../serialization.js';
import type { IncomingEvent } from '../transport.js';

/** An event that a consumer could not handle, and why. */
export interface DeadLetter {
  readonly id: Id;
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The event's JSON. */
  readonly value: string;
  readonly error: string;
  readonly tries: number;
  readonly at: Date;
}

const COLUMNS = 'id, consumer, topic, key, headers, value, error, tries, at';
/** Longer than any id of ours; what came instead must fit an index. */
const ID_LENGTH = 200;
/** PostgreSQL has no NUL in text. */
const storable = (text: string) => text.replaceAll('\0', '\u{FFFD}');

@Injectable()
export class DeadLetterRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** A repeat of the same event and consumer keeps one letter, with the last error. */
  async keep(consumer: string, event: IncomingEvent, error: unknown, tries: number): Promise<void> {
    await this.uow.runAsWorker((manager) =>
      manager.query(
        `insert into "dead_letter" (id, consumer, topic, event_id, key, headers, value, error, tries)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (consumer, topic, event_id) do update
           set error = excluded.error, tries = excluded.tries, at = now(), replayed_at = null`,
        [
          ...[newId(), consumer, storable(event.topic), idOf(event), storable(event.key)],
          ...[JSON.stringify(event.headers), storable(readable(event)), describe(error), tries],
        ],
      ),
    );
  }

  /** Newest first, without those that were replayed. @param before only letters older than this one */
  list(limit: number, before: Id | undefined): Promise<DeadLetter[]> {
    return this.uow.runAsWorker((manager) =>
      manager.query<DeadLetter[]>(
        `select ${COLUMNS} from "dead_letter"
         where replayed_at is null and ($2::uuid is null or id < $2) order by id desc limit $1`,
        [limit, before ?? null],
      ),
    );
  }

  find(id: Id): Promise<DeadLetter | undefined> {
    return this.uow.runAsWorker(async (manager) => {
      const found = await manager.query<DeadLetter[]>(
        `select ${COLUMNS} from "dead_letter" where id = $1 and replayed_at is null`,
        [id],
      );
      return found[0];
    });
  }

  async noteReplay(id: Id, error: unknown): Promise<void> {
    await this.uow.runAsWorker((manager) =>
      error === undefined
        ? manager.query(`update "dead_letter" set replayed_at = now() where id = $1`, [id])
        : manager.query(`update "dead_letter" set error = $2, tries = tries + 1, at = now() where id = $1`, [
            id,
            describe(error),
          ]),
    );
  }

  async count(): Promise<number> {
    const [row] = await this.uow.runAsWorker((manager) =>
      manager.query<{ letters: number }[]>(`select count(*) as letters from "dead_letter" where replayed_at is null`),
    );
    return row?.letters ?? 0;
  }

  /** Forgets what was replayed two weeks ago. */
  async prune(): Promise<void> {
    await this.uow.runAsWorker((manager) =>
      manager.query(`delete from "dead_letter" where replayed_at < now() - interval '14 days'`),
    );
  }
}

/** Packed bytes that cannot be unpacked are kept as base64. */
function readable(event: IncomingEvent): string {
  try {
    return valueText(event);
  } catch {
    return event.value.toString('base64');
  }
}

/** null: the event has none. */
function idOf({ headers }: IncomingEvent): string | null {
  const id = headers['ce_id'];
  return id === undefined ? null : storable(id).slice(0, ID_LENGTH);
}

function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return storable(text).slice(0, 8_000);
}
