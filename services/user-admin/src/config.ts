import { z } from 'zod';
import { baseConfigShape, readConfig, type BaseConfig, type Reach } from '@muster/platform';

const LINK_DELIVERIES = ['none', 'file', 'notification'] as const;
export type LinkDeliveryKind = (typeof LINK_DELIVERIES)[number];

export interface UserAdminConfig extends BaseConfig {
  /** Where issuers of companies may be; preset: public hosts, by https. */
  readonly outboundTo?: Reach | undefined;
  /** Who delivers access links. Preset: nobody, and each is marked as failed. */
  readonly linkDelivery?: LinkDeliveryKind | undefined;
  /** Where links are written when nobody but a file gets them; for development. */
  readonly linkFolder?: string | undefined;
}

const outboundTo = z.enum(['public', 'any']).default('public');
const linkDelivery = z.enum(LINK_DELIVERIES).default('none');
const linkFolder = z.string().min(1).default('.muster/data/outbox');

/** The environment of the service. @throws when a variable is missing or wrong, naming each */
export function userAdminConfig(): UserAdminConfig {
  return readConfig({ ...baseConfigShape, outboundTo, linkDelivery, linkFolder }, process.env);
}

/** The environment of the command that makes keys for operators. @throws when `DATABASE_URL` is missing or wrong */
export function operatorKeyConfig(): Pick<BaseConfig, 'databaseUrl'> {
  return readConfig({ databaseUrl: baseConfigShape.databaseUrl }, process.env);
}
