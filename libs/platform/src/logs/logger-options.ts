import { stdSerializers, type LoggerOptions } from 'pino';
import { logFields } from './log-context.js';

const SECRETS = ['password', 'secret', 'authorization', 'cookie', 'apiKey', 'accessToken', 'refreshToken', 'token'];

/** Lines are JSON; what looks like a secret is blanked out, should somebody log an object that holds one. */
export function loggerOptions(level: string): LoggerOptions {
  const names = [...SECRETS, '["x-api-key"]', '["set-cookie"]'];
  const at = (prefix: string) => names.map((name) => (name.startsWith('[') ? `${prefix}${name}` : `${prefix}.${name}`));
  return {
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    mixin: logFields,
    serializers: { err: errorFields },
    redact: {
      paths: [...names, ...at('*'), ...at('*.*')],
      censor: '[redacted]',
    },
  };
}

/** An error without what hangs on it: those of the database carry the values of the statement. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, code } = stdSerializers.err(error);
  return { type, message, stack, ...(typeof code === 'string' && { code }) };
}
