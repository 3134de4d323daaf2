import type { ServiceName } from '@muster/contracts';
import { fenceByCompany, openToWorker, workerTable } from '@muster/persistence';
import { DeadLetterRow } from './dead-letter.entity.js';
import { InboxRow } from './inbox.entity.js';
import { OutboxRow } from './outbox.entity.js';

export const MESSAGING_ENTITIES = [OutboxRow, InboxRow, DeadLetterRow];

/**
 * SQL for a service's migration. The app role may only add to the outbox, and only for its company; the worker role
 * relays, prunes and keeps dead letters. Never change what a migration already used.
 */
export function createMessagingTables(service: ServiceName): string[] {
  return [
    `create table "outbox" (
       seq bigint generated always as identity, company_id uuid not null, topic text not null, key text not null,
       headers json not null, value text not null, created_at timestamptz not null default now(),
       constraint "PK_outbox" primary key (seq))`,
    // Rows live for milliseconds: compressing them costs more than it saves.
    `alter table "outbox" alter column value set storage external`,
    ...fenceByCompany(service, 'outbox', 'insert'),
    ...openToWorker(service, 'outbox', 'select, delete'),
    `create table "inbox" (
       consumer text not null, event_id uuid not null, company_id uuid not null, at timestamptz not null default now(),
       constraint "PK_inbox" primary key (consumer, event_id))`,
    `create index "IDX_inbox_at" on "inbox" (at)`,
    ...fenceByCompany(service, 'inbox', 'select, insert'),
    ...openToWorker(service, 'inbox', 'select, delete'),
    `create table "dead_letter" (
       id uuid not null, consumer text not null, topic text not null, event_id text, key text not null,
       headers json not null, value text not null, error text not null, tries integer not null,
       at timestamptz not null default now(), replayed_at timestamptz,
       constraint "PK_dead_letter" primary key (id),
       constraint "UQ_dead_letter_event" unique (consumer, topic, event_id))`,
    ...workerTable(service, 'dead_letter'),
  ];
}
