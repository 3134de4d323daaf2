import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditTable, createAuditLog } from '@muster/persistence';

const NOTES = [
  ...['signed-in', 'sign-in-failed', 'sign-in-locked', 'sign-in-unlocked', 'signed-out', 'session-revoked'],
  ...['token-reused', 'password-changed', 'exported', 'downloaded', 'transferred', 'link-sent'],
];

const WORKING_HOURS = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [`working_hours_${day}_`, `workingHours.${day}.`]),
);

const LOG = createAuditLog('user-admin', {
  notes: NOTES,
  erasable: {
    kind: 'user',
    table: 'user_account',
    kept: ['kind', 'authorizationLevel', 'hasOwnSchedule', 'loginEnabled', 'language', 'userGroups'],
  },
});

const AUDITED = [
  ...auditTable('user-admin', 'user_account', {
    kind: 'user',
    label: 'r.display_name',
    masked: { password_hash: 'password' },
    // What follows from other columns.
    ignored: ['phone_e164', 'mobile_e164', 'display_name_by_hand'],
    fields: { group_ids: 'userGroups' },
    prefixes: {
      home_: 'home.',
      ...WORKING_HOURS,
      work_break_: 'workBreak.',
      overnight_: 'overnight.',
      driving_speed_: 'drivingSpeed.',
      default_: 'defaults.',
    },
  }),
  ...auditTable('user-admin', 'api_key', {
    kind: 'api-key',
    label: 'r.name',
    masked: { secret_hash: 'secret', previous_hash: 'previousSecret' },
    ignored: ['last_used_at', 'created_by'],
  }),
  ...auditTable('user-admin', 'company', { kind: 'company', company: 'id', label: 'r.name' }),
  ...auditTable('user-admin', 'identity_provider', {
    kind: 'identity-provider',
    subject: 'company_id',
    label: 'r.issuer',
  }),
];

export class AuditLog1764000000030 implements MigrationInterface {
  readonly name = 'AuditLog1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...LOG, ...AUDITED]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('An audit log is not taken away');
  }
}
