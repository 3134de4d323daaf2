/** One run of schemathesis. */
export interface Run {
  /** Of the auth document. */
  readonly caller: string;
  readonly phases: string;
  /** Ids of the operations; preset: all. */
  readonly only?: readonly string[];
  /** Made-up requests of each operation: by how many times more or fewer than the others. */
  readonly weight: number;
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
 * Administrators try everything in every way; others try what they may, and what is refused to them is looked at shortly, as a
 * user and as nobody. Who may do what is a table of its own (services/standalone/test/access-table.ts). Requests are counted,
 * no time is taken: a faster machine is done earlier, and tries the same.
 */
export function planRuns(operations: readonly Operation[]): Run[] {
  const of = (role: string) =>
    operations.filter(({ roles }) => roles.includes(role)).map(({ operationId }) => operationId);
  const forKeys = operations.filter(({ scope }) => scope !== undefined).map(({ operationId }) => operationId);
  return [
    { caller: 'nobody', phases: 'fuzzing', weight: 0.3 },
    { caller: 'administrator', phases: 'examples,coverage', weight: 1 },
    { caller: 'administrator', phases: 'fuzzing', weight: 1 },
    { caller: 'administrator', phases: 'stateful', weight: 2 },
    { caller: 'connector', phases: 'fuzzing', only: forKeys, weight: 0.5 },
    { caller: 'operator', phases: 'coverage,fuzzing', only: of('operator'), weight: 1 },
    { caller: 'supervisor', phases: 'fuzzing', only: of('supervisor'), weight: 0.5 },
    { caller: 'user', phases: 'fuzzing', weight: 0.3 },
  ];
}
