import { z } from 'zod';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

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
  }),
});

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
