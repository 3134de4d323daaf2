/** Sends a request and reads its JSON answer. @throws Error with the problem's text when it is refused */
export async function call<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

export function post<T>(url: string, token: string, body: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return call<T>(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

export function get<T>(url: string, token: string): Promise<T> {
  return call<T>(url, { headers: { authorization: `Bearer ${token}` } });
}
