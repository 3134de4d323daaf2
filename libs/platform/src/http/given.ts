type Given<T> = { [K in keyof T]: Exclude<T[K], null> };

/** What was sent of a body: optional properties that are left out, or null, are not there. */
export function given<T extends object>(body: T): Given<T> {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined && value !== null),
  ) as Given<T>;
}
