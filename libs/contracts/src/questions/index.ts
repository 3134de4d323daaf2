import { z } from 'zod';
import { LINK_CHANNELS } from '../events/access-links.js';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

export * from './absentees.js';
export * from './account-data.js';
export * from './actors.js';
export * from './administrators.js';
export * from './custom-fields.js';
export * from './transfers.js';

const repAccount = z.object({
  userId: id,
  displayName: z.string(),
  email: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  hasOwnSchedule: z.boolean(),
  /** false: the account is deactivated. */
  loginEnabled: z.boolean(),
});
export type RepAccount = z.infer<typeof repAccount>;

const revocation = z.object({
  kind: z.enum(['session', 'user', 'key']),
  /** Of the session, the account or the key. */
  id,
  /** Tokens with a lower `ver` have ended; null: all have. */
  minVersion: z.int().nullable(),
  /** Tokens of this session go on. */
  exceptSession: id.nullable(),
});
export type Revocation = z.infer<typeof revocation>;

export const resolveReps = defineQuestion({
  name: 'resolve-reps',
  answeredBy: 'user-admin',
  description: 'Which staff accounts do these e-mails or employee numbers name, letter case included?',
  request: z.object({
    companyId: id,
    by: z.enum(['email', 'employeeNumber']),
    values: z.array(z.string()).max(20_000),
  }),
  answer: z.object({
    /** Exact hits. */
    found: z.array(repAccount.extend({ value: z.string() })),
    /** E-mails that hit an account but for the letter case: no hit, listed apart. */
    caseOnly: z.array(z.object({ value: z.string(), actual: z.string() })),
    /** Active reps with their own schedule that no value names. */
    notNamed: z.array(repAccount),
  }),
});

export const findReps = defineQuestion({
  name: 'find-reps',
  answeredBy: 'user-admin',
  description: 'The accounts behind these ids, as far as the company has them.',
  request: z.object({ companyId: id, userIds: z.array(id).max(1_000) }),
  answer: z.object({ found: z.array(repAccount) }),
});

export const repsInSight = defineQuestion({
  name: 'reps-in-sight',
  answeredBy: 'user-admin',
  description: 'The reps who share a group with this account, itself among them if it is one.',
  request: z.object({ companyId: id, userId: id }),
  answer: z.object({ userIds: z.array(id) }),
});

export const describeCompany = defineQuestion({
  name: 'describe-company',
  answeredBy: 'user-admin',
  description: 'Language, time zone and limits of a company.',
  request: z.object({ companyId: id }),
  answer: z.object({
    name: z.string(),
    language: z.enum(['en', 'de']),
    timeZone: z.string(),
    country: z.string(),
    importRowLimit: z.int().positive(),
    importByteLimit: z.int().positive(),
    /** HH:mm, by the clocks of its time zone; `to` may be on the next day. */
    nightWindow: z.object({ from: z.string(), to: z.string() }).exactOptional(),
    /** Why the company imports no staff accounts, as `user_import_not_available` says it; absent: it does. */
    noUserImport: z
      .object({ reason: z.enum(['host', 'licences']), licences: z.int(), hostSystem: z.string() })
      .exactOptional(),
  }),
});

export const accountLedger = defineQuestion({
  name: 'account-ledger',
  answeredBy: 'user-admin',
  description:
    'What a company has of the things that staff accounts take from each other, and what the guard lets pass.',
  request: z.object({ companyId: id }),
  answer: z.object({
    licences: z.int(),
    inUse: z.int(),
    /** Active ones. */
    administrators: z.int(),
    /** Staff accounts that can sign in. */
    active: z.int(),
    guard: z.object({ percent: z.int(), count: z.int() }),
  }),
});
export type AccountLedger = z.infer<(typeof accountLedger)['answer']>;

export const exchangeCredential = defineQuestion({
  name: 'exchange-credential',
  answeredBy: 'user-admin',
  description: 'An API key, or a name and password, for an access token of 5 minutes; null when it is not valid.',
  request: z.union([
    z.object({ apiKey: z.string() }),
    z.object({
      company: z.string(),
      username: z.string(),
      password: z.string(),
      /** From where the request came, for the counters of failed attempts. */
      address: z.string().exactOptional(),
    }),
  ]),
  answer: z.object({ accessToken: z.string(), expiresIn: z.int().positive() }).nullable(),
});

export const signingKeys = defineQuestion({
  name: 'signing-keys',
  answeredBy: 'user-admin',
  description: 'The public keys (JWKS) that access tokens are signed with.',
  request: z.object({}),
  answer: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
});

export const revocationsSince = defineQuestion({
  name: 'revocations-since',
  answeredBy: 'user-admin',
  description: 'Which access tokens that have not yet expired are no longer good?',
  request: z.object({
    /** Of the answer before; null for all that are in force. */
    cursor: z.string().nullable(),
  }),
  answer: z.object({
    cursor: z.string(),
    revocations: z.array(revocation),
  }),
});

export const makeAccessToken = defineQuestion({
  name: 'make-access-token',
  answeredBy: 'user-admin',
  description:
    'The token of an access link, made at this moment, and where to send it. Answered once for each attempt.',
  request: z.object({
    linkId: id,
    /** From 1. A later attempt gets another token, and the one before is no longer good. */
    attempt: z.int().positive().max(1_000),
  }),
  answer: z.discriminatedUnion('made', [
    z.object({
      made: z.literal(true),
      token: z.string(),
      /** ISO 8601. */
      expiresAt: z.string(),
      channel: z.enum(LINK_CHANNELS),
      /** E-mail address or E.164 number. */
      to: z.string(),
      companyName: z.string(),
      userId: id,
      displayName: z.string(),
      language: z.enum(['en', 'de']),
    }),
    /** answered: this attempt has its token; obsolete: the link is replaced, disabled, used or settled; no_address: it has failed. */
    z.object({ made: z.literal(false), reason: z.enum(['unknown', 'answered', 'obsolete', 'no_address']) }),
  ]),
});

export const recordsOfRep = defineQuestion({
  name: 'records-of-rep',
  answeredBy: 'field-data',
  description: 'How many records of each entity does this rep still have, those in the recycle bin among them?',
  request: z.object({ companyId: id, repId: id }),
  answer: z.object({
    /** Entities without one are left out. */
    counts: z.array(z.object({ entity: z.string(), count: z.int().positive() })),
    /** Of all these records and their versions: the same as long as nothing was added, changed or taken away. */
    digest: z.string().exactOptional(),
  }),
});
