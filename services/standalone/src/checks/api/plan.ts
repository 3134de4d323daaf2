/** One run of schemathesis. */
export interface Run {
  /** Of the auth document. */
  readonly caller: string;
  readonly phases: string;
  /** Ids of the operations; preset: all. */
  readonly only?: readonly string[];
  /** Of the whole time. */
  readonly share: number;
}

export interface Operation {
  readonly operationId: string;
  readonly roles: readonly string[];
  readonly scope: string | undefined;
}

/** Methods of a path item that are operations. */
export function operationsIn({ paths }: { readonly paths: object }): Operation[] {
  return Object.values(paths).flatMap((item: object) =>
    Object.values(item).map((operation: Record<string, unknown>) => ({
      operationId: String(operation['operationId']),
      roles: (operation['x-muster-roles'] ?? []) as string[],
      scope: operation['x-muster-scope'] as string | undefined,
    })),
  );
}

/**
 * Administrators try everything in every way; others try what they may, and what is refused to them is looked at once, as a
 * user and as nobody. Who may do what is a table of its own (services/standalone/test/access-table.ts).
 */
export function planRuns(operations: readonly Operation[]): Run[] {
  const of = (role: string) =>
    operations.filter(({ roles }) => roles.includes(role)).map(({ operationId }) => operationId);
  const forKeys = operations.filter(({ scope }) => scope !== undefined).map(({ operationId }) => operationId);
  const one = 'examples,coverage,fuzzing';
  return [
    { caller: 'nobody', phases: 'coverage', share: 0.08 },
    { caller: 'administrator', phases: 'examples,coverage', share: 0.3 },
    { caller: 'administrator', phases: 'fuzzing', share: 0.2 },
    { caller: 'administrator', phases: 'stateful', share: 0.14 },
    { caller: 'connector', phases: 'fuzzing', only: forKeys, share: 0.08 },
    { caller: 'operator', phases: one, only: of('operator'), share: 0.08 },
    { caller: 'supervisor', phases: one, only: of('supervisor'), share: 0.06 },
    { caller: 'user', phases: 'coverage', share: 0.06 },
  ];
}
