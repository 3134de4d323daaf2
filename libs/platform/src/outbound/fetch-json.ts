import { lookup } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** To where requests may go: hosts of the open internet by https, or any (development, issuers in one's own network). */
export type Reach = 'public' | 'any';

export interface FetchJsonOptions {
  readonly reach: Reach;
  /** Preset 256 KiB. */
  readonly maxBytes?: number;
  /** For everything together; preset 5 s. */
  readonly timeoutMs?: number;
}

/** Why there is no answer: the address may not be asked, or what is there does not answer as it should. */
export class FetchRefused extends Error {
  override readonly name = 'FetchRefused';

  constructor(
    readonly reason: 'address' | 'answer',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/**
 * Reads JSON from an address that a customer chose. Goes nowhere but to public addresses: what the name resolves to is
 * checked and then connected to, so that a second answer of the name server changes nothing. Follows no redirect.
 * @throws FetchRefused
 */
export async function fetchJson(address: string, options: FetchJsonOptions): Promise<unknown> {
  const url = allowedUrl(address, options.reach);
  const response = await send(url, options);
  if (response.statusCode !== 200) {
    response.destroy();
    throw new FetchRefused('answer', { cause: new Error(`status ${response.statusCode}`) });
  }
  try {
    return JSON.parse(await textOf(response, options.maxBytes ?? 256 * 1024)) as unknown;
  } catch (cause) {
    throw cause instanceof FetchRefused ? cause : new FetchRefused('answer', { cause });
  }
}

/** @throws FetchRefused address */
export function allowedUrl(address: string, reach: Reach): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.username !== '' || url.password !== '') throw new FetchRefused('address');
  if (reach === 'any' && url.protocol === 'http:') return url;
  if (url.protocol !== 'https:') throw new FetchRefused('address');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is not looked up, so nothing else would check it. Other forms of it are normal ones by now.
  if (reach === 'public' && isIP(host) !== 0 && !isPublicAddress(host)) throw new FetchRefused('address');
  return url;
}

function send(url: URL, { reach, timeoutMs = 5_000 }: FetchJsonOptions): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: 'GET',
    headers: { accept: 'application/json', 'accept-encoding': 'identity' },
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
    ...(reach === 'public' && { lookup: lookupPublic }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, resolve);
    request.once('error', (cause) =>
      reject(cause instanceof FetchRefused ? cause : new FetchRefused('answer', { cause })),
    );
    request.end();
  });
}

/** One address that is not public spoils all: who has both has them to deceive. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new FetchRefused('address'), '');
    }
    if (options.all === true) return callback(null, addresses);
    callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
};

async function textOf(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new FetchRefused('answer', { cause: new Error('too long') });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
