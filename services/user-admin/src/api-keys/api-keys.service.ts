import { Injectable } from '@nestjs/common';
import { isId, Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, Idempotency, toPage, type Caller, type PageQuery } from '@muster/platform';
import { newSecret } from '../sign-in/secret.js';
import { given } from '../validation/given.js';
import { apiKeyDto, type ApiKeyPage, type CreateApiKeyBody, type NewApiKeyDto } from './api-key.dto.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { makeApiKey } from './make-api-key.js';

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: ApiKeysRepository,
    private readonly idempotency: Idempotency,
  ) {}

  /** The answer to a repeat has no secret: what is stored for it must not hold one. */
  async create(caller: Caller, body: CreateApiKeyBody, idempotencyKey: string | undefined): Promise<NewApiKeyDto> {
    const now = new Date();
    const { name, scopes, expiresAt } = given(body);
    if (expiresAt && expiresAt <= now) {
      const errors = [{ pointer: '/expiresAt', code: 'invalid_value' }];
      throw new Problem('validation_failed', { params: { count: 1 }, errors });
    }
    let apiKey: string | null = null;
    const fingerprint = JSON.stringify(['api key', name, scopes, expiresAt ?? null]);
    const stored = await this.idempotency.run(caller, idempotencyKey, fingerprint, () =>
      this.uow.run(caller, async (manager) => {
        const wanted = { companyId: caller.companyId, name, scopes, expiresAt, createdBy: caller.actor };
        const { key, text } = makeApiKey(wanted, newId(), newSecret(), now);
        await this.keys.insert(manager, key);
        apiKey = text;
        return apiKeyDto(key);
      }),
    );
    return { ...stored, apiKey };
  }

  async list(caller: Caller, query: PageQuery): Promise<ApiKeyPage> {
    const after = decodeIdCursor(query.cursor);
    const rows = await this.uow.run(caller, (manager) => this.keys.list(manager, query.limit + 1, after));
    const { items, nextCursor } = toPage(rows, query.limit, ({ id }) => [id]);
    return { items: items.map(apiKeyDto), nextCursor };
  }

  /** Tokens that were given for it live for 5 minutes at most. @throws Problem api_key_not_found */
  async revoke(caller: Caller, id: Id): Promise<void> {
    const revoked = isId(id) && (await this.uow.run(caller, (manager) => this.keys.revoke(manager, id, new Date())));
    if (!revoked) throw new Problem('api_key_not_found');
  }
}
