import { requestContext } from './request-context.js';

/** From where the request in hand came, behind proxies that are trusted; undefined outside of requests. */
export function clientAddress(): string | undefined {
  return requestContext()?.address;
}
