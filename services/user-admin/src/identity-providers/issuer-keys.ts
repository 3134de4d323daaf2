import { Inject, Injectable } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Problem } from '@muster/contracts';
import { CONFIG, fetchJson, FetchRefused } from '@muster/platform';
import type { UserAdminConfig } from '../config.js';

const MINUTE_MS = 60_000;
/** Keys are read anew now and then, so that one that was withdrawn ends. */
const FRESH_FOR_MS = 10 * MINUTE_MS;
/** While an issuer does not answer, what it said last holds for so long. */
const GOOD_FOR_MS = 60 * MINUTE_MS;
/** Whoever sends made-up key ids, or an issuer that is away, shall not make us ask more often than that. */
const ASKED_AGAIN_AFTER_MS = 30_000;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(100) });

interface Entry {
  keys: JSONWebKeySet | undefined;
  readAt: number;
  /** When it did not answer last. */
  failedAt: number;
  /** When it was asked last because of a key that was not known. */
  searchedAt: number;
}

/** What the issuers of companies publish: their keys, found by discovery. */
@Injectable()
export class IssuerKeys {
  private readonly entries = new LRUCache<string, Entry>({ max: 1_000 });

  constructor(@Inject(CONFIG) private readonly config: UserAdminConfig) {}

  /**
   * The keys of an issuer.
   * @param kid of the key that is looked for; when it is not among those known, they are read anew
   * @throws Problem identity_provider_unreachable
   */
  async of(issuer: string, kid: string | undefined): Promise<JSONWebKeySet> {
    const now = performance.now();
    const entry = this.entries.get(issuer) ?? unread();
    this.entries.set(issuer, entry);
    const mayAsk = (last: number) => now - last > ASKED_AGAIN_AFTER_MS;
    if (now - entry.readAt > FRESH_FOR_MS)
      return mayAsk(entry.failedAt) ? this.readInto(entry, issuer) : stillGood(entry);
    const known = kid === undefined || entry.keys?.keys.some((key) => key.kid === kid) === true;
    if (known || !mayAsk(entry.searchedAt)) return stillGood(entry);
    entry.searchedAt = now;
    return this.readInto(entry, issuer);
  }

  /** Reads what the issuer publishes, whatever is known. @throws Problem identity_provider_unreachable */
  async read(issuer: string): Promise<JSONWebKeySet> {
    const reach = this.config.outboundTo ?? 'public';
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const found = discovery.safeParse(await fetchJson(address, { reach }).catch(unreachable));
    if (!found.success) throw refused('answer');
    if (found.data.issuer !== issuer) throw refused('issuer');
    const keys = keySet.safeParse(await fetchJson(found.data.jwks_uri, { reach }).catch(unreachable));
    if (!keys.success) throw refused('answer');
    return { keys: keys.data.keys };
  }

  private async readInto(entry: Entry, issuer: string): Promise<JSONWebKeySet> {
    try {
      entry.keys = await this.read(issuer);
      entry.readAt = performance.now();
      return entry.keys;
    } catch (error) {
      entry.failedAt = performance.now();
      if (error instanceof Problem) return stillGood(entry, error);
      throw error;
    }
  }
}

function unread(): Entry {
  return { keys: undefined, readAt: -Infinity, failedAt: -Infinity, searchedAt: -Infinity };
}

function stillGood({ keys, readAt }: Entry, otherwise: Problem = refused('answer')): JSONWebKeySet {
  if (keys && performance.now() - readAt < GOOD_FOR_MS) return keys;
  throw otherwise;
}

function unreachable(error: unknown): never {
  throw error instanceof FetchRefused ? refused(error.reason, error) : error;
}

function refused(reason: 'address' | 'answer' | 'issuer', cause?: unknown): Problem {
  return new Problem('identity_provider_unreachable', { params: { reason }, cause });
}
