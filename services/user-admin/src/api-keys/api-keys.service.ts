import { Injectable } from '@nestjs/common';
import { formatApiKey, isId, Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, Idempotency, toPage, type Caller, type PageQuery } from '@muster/platform';
import { newSecret } from '../sign-in/secret.js';
import { given } from '../validation/given.js';
import { apiKeyDto, type ApiKeyDto, type ApiKeyPage } from './api-key.dto.js';
import type { CreateApiKeyBody, NewApiKeyDto, RotateApiKeyBody } from './api-key.dto.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { makeApiKey } from './make-api-key.js';
import { rotatedKey } from './rotate-api-key.js';

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: ApiKeysRepository,
    private readonly idempotency: Idempotency,
  ) {}

  /** @throws Problem validation_failed */
  create(caller: Caller, body: CreateApiKeyBody, idempotencyKey: string | undefined): Promise<NewApiKeyDto> {
    const now = new Date();
    const { name, scopes, expiresAt } = given(body);
    checkEnd(expiresAt, now);
    const fingerprint = JSON.stringify(['api key', name, scopes, expiresAt ?? null]);
    return this.shownOnce(caller, idempotencyKey, fingerprint, () =>
      this.uow.run(caller, async (manager) => {
        const wanted = { companyId: caller.companyId, name, scopes, expiresAt, createdBy: caller.actor };
        const { key, text } = makeApiKey(wanted, newId(), newSecret(), now);
        await this.keys.insert(manager, key);
        return { text, key: apiKeyDto(key, now) };
      }),
    );
  }

  /** @throws Problem api_key_not_found, validation_failed */
  rotate(caller: Caller, id: Id, body: RotateApiKeyBody, idempotencyKey: string | undefined): Promise<NewApiKeyDto> {
    const now = new Date();
    const wishes = given(body);
    checkEnd(wishes.expiresAt, now);
    const fingerprint = JSON.stringify(['rotation', id, wishes]);
    return this.shownOnce(caller, idempotencyKey, fingerprint, () =>
      this.uow.run(caller, async (manager) => {
        const key = isId(id) ? await this.keys.findLocked(manager, id) : null;
        if (!key) throw new Problem('api_key_not_found');
        const secret = newSecret();
        const rotated = rotatedKey(key, wishes, secret, now);
        await this.keys.change(manager, key.id, rotated);
        return { text: formatApiKey(key.id, secret), key: apiKeyDto(Object.assign(key, rotated), now) };
      }),
    );
  }

  async list(caller: Caller, query: PageQuery): Promise<ApiKeyPage> {
    const after = decodeIdCursor(query.cursor);
    const now = new Date();
    const rows = await this.uow.run(caller, (manager) => this.keys.list(manager, query.limit + 1, after));
    const { items, nextCursor } = toPage(rows, query.limit, ({ id }) => [id]);
    return { items: items.map((key) => apiKeyDto(key, now)), nextCursor };
  }

  /** @throws Problem api_key_not_found */
  async revoke(caller: Caller, id: Id): Promise<void> {
    const revoked = isId(id) && (await this.uow.run(caller, (manager) => this.keys.revoke(manager, id, new Date())));
    if (!revoked) throw new Problem('api_key_not_found');
  }

  /** The answer to a repeat has no secret: what is stored for it must not hold one. */
  private async shownOnce(
    caller: Caller,
    idempotencyKey: string | undefined,
    fingerprint: string,
    work: () => Promise<{ text: string; key: ApiKeyDto }>,
  ): Promise<NewApiKeyDto> {
    let apiKey: string | null = null;
    const stored = await this.idempotency.run(caller, idempotencyKey, fingerprint, async () => {
      const { text, key } = await work();
      apiKey = text;
      return key;
    });
    return { ...stored, apiKey };
  }
}

function checkEnd(expiresAt: Date | undefined, now: Date): void {
  if (!expiresAt || expiresAt > now) return;
  const errors = [{ pointer: '/expiresAt', code: 'invalid_value' }];
  throw new Problem('validation_failed', { params: { count: 1 }, errors });
}
