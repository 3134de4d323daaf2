import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { baseConfigShape, type BaseConfig } from './base-config.js';
import { ConfigError, readConfig, variableName } from './read-config.js';

const SECRET = 'a-secret-that-is-long-enough-to-be-one';
const GOOD = {
  DATABASE_URL: 'postgres://muster:hidden@localhost/muster',
  SERVICE_TOKEN_SECRET: SECRET,
  KAFKA_BROKERS: 'one:9092, two:9092',
};

function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(baseConfigShape, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('reads variables by name, with presets for the others', () => {
    const config: BaseConfig = readConfig(baseConfigShape, {
      ...GOOD,
      PORT: '8080',
      IMPORT_URL: 'http://import:1/',
      HOST: '',
    });
    expect(config).toMatchObject({
      databaseUrl: GOOD.DATABASE_URL,
      port: 8080,
      host: '0.0.0.0',
      databasePoolSize: 10,
      issuer: 'muster',
      events: { kind: 'kafka', brokers: ['one:9092', 'two:9092'], topicPrefix: '', sessionSeconds: 45 },
      serviceUrls: { import: 'http://import:1', 'user-admin': 'http://user-admin:3000' },
    });
    expect(config.databaseOwnerUrl).toBeUndefined();
  });

  it('reads what a service adds', () => {
    const config = readConfig({ ...baseConfigShape, fileFolder: z.string() }, { ...GOOD, FILE_FOLDER: '/data' });
    expect(config.fileFolder).toBe('/data');
  });

  it.each([
    ['loopback, 10.0.0.0/8,192.0.2.1', ['loopback', '10.0.0.0/8', '192.0.2.1']],
    ['2001:db8::/32', ['2001:db8::/32']],
    ['', undefined],
  ])('reads the proxies %j', (text, proxies) => {
    expect(readConfig(baseConfigShape, { ...GOOD, TRUSTED_PROXIES: text }).trustedProxies).toEqual(proxies);
  });

  it.each(['true', '*', '10.0.0.0/33', '10.0.0.0/', 'proxy.example.com', '0'])('takes no proxy named %j', (text) => {
    expect(faultsOf({ ...GOOD, TRUSTED_PROXIES: text })).toEqual([
      'TRUSTED_PROXIES: must be a list of addresses, networks, loopback, linklocal or uniquelocal',
    ]);
  });

  it('lists every bad variable by its name', () => {
    const faults = faultsOf({
      ...GOOD,
      KAFKA_BROKERS: undefined,
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      FIELD_DATA_URL: 'x',
    });
    expect(faults).toContain('KAFKA_BROKERS: is missing');
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'FIELD_DATA_URL',
      'KAFKA_BROKERS',
      'LOG_LEVEL',
      'PORT',
    ]);
  });

  it('never shows a value', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://root:hidden@host',
      SERVICE_TOKEN_SECRET: 'short',
      KAFKA_BROKERS: ',',
    });
    const text = faults.join('\n');
    expect(text).toContain('DATABASE_URL');
    expect(text).toContain('SERVICE_TOKEN_SECRET: needs at least 32 characters');
    expect(text).toContain('KAFKA_BROKERS: must be a list');
    expect(text).not.toMatch(/hidden|short\b|mysql/);
  });
});

it.each([
  ['databaseUrl', 'DATABASE_URL'],
  ['port', 'PORT'],
  ['s3Bucket', 'S3_BUCKET'],
  ['importRowLimit', 'IMPORT_ROW_LIMIT'],
])('%s is read from %s', (key, name) => {
  expect(variableName(key, z.string())).toBe(name);
});
