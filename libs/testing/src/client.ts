import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../../openapi/client.js';

export type { components, paths } from '../../../openapi/client.js';
export type MusterClient = Client<paths>;

/**
 * A client whose paths, parameters, bodies and answers are typed by the committed OpenAPI document.
 * @param baseUrl of the API, without a slash at the end
 * @param token an access token or an API key; none for what is public
 */
export function createMusterClient(baseUrl: string, token?: string, language: 'en' | 'de' = 'en'): MusterClient {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return createClient<paths>({ baseUrl, headers: { 'accept-language': language, ...authorization } });
}
