export interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
}

/** A promise that somebody else resolves. */
export function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve: () => resolve() };
}
