import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { AuditNote, SubjectKind } from './audit-entry.js';

/** Something that happened and changed no row of an account, key ... */
export interface Noted {
  readonly action: AuditNote;
  readonly subject: { readonly kind: SubjectKind; readonly id: Id; readonly label: string | null };
  /** The account that it is about, when that is not the subject: erased with that person. */
  readonly personId?: Id;
  /** What else is to be known, by field id. Never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export interface Erased {
  /** What stands in the place of the person's values from now on. */
  readonly pseudonym: string;
  /** How many entries were about the person; 0: none, or erased before. */
  readonly entries: number;
}

/** What is written into the audit log by hand; changes of rows get there without anybody's doing. */
@Injectable()
export class AuditTrail {
  /** Adds an entry by the actor and cause of the unit of work; it stays only if that commits. */
  async note(manager: EntityManager, { action, subject, personId, details = {} }: Noted): Promise<void> {
    const parameters = [action, subject.kind, subject.id, subject.label, personId ?? null, JSON.stringify(details)];
    await manager.query('select note_audit($1, $2, $3, $4, $5, $6::jsonb)', parameters);
  }

  /**
   * Puts a pseudonym in the place of what the log holds of a person who was deleted; that something happened stays, and
   * the erasing is an entry itself.
   * @throws Error 55006 while the account is still there
   */
  async erase(manager: EntityManager, personId: Id): Promise<Erased> {
    const rows = await manager.query<Erased[]>('select pseudonym, entries from erase_from_audit($1)', [personId]);
    const [erased] = rows;
    if (!erased) throw new Error('erase_from_audit answers with one row');
    return erased;
  }
}
