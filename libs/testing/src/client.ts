import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../../openapi/client.js';

export type { components, paths } from '../../../openapi/client.js';
export type MusterClient = Client<paths>;

/**
 * A client whose paths, parameters, bodies and answers are typed by the committed OpenAPI document.
 * @param baseUrl of the API, without a slash at the end
 * @param token an access token or an API key, or what tells that of now; none for what is public
 */
export function createMusterClient(
  baseUrl: string,
  token?: string | (() => string),
  language: 'en' | 'de' = 'en',
): MusterClient {
  const client = createClient<paths>({ baseUrl, headers: { 'accept-language': language } });
  if (token === undefined) return client;
  client.use({
    onRequest: ({ request }) => {
      request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : token()}`);
    },
  });
  return client;
}
