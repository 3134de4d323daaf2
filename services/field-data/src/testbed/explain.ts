import { vi } from 'vitest';
import type { EntityManager } from 'typeorm';

export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: PlanNode[];
}

/** A statement that was sent, with its plan as a list of nodes. */
export interface Explained {
  readonly sql: string;
  readonly nodes: readonly PlanNode[];
}

/**
 * How PostgreSQL carries out each statement that `work` sends.
 * @param how `generic_plan`: as a prepared statement without its values; `analyze`: it is carried out once more
 */
export async function explain(
  manager: EntityManager,
  work: () => Promise<unknown>,
  how?: 'generic_plan' | 'analyze',
): Promise<Explained[]> {
  const sent = vi.spyOn(manager, 'query');
  await work();
  const statements = sent.mock.calls.map(([sql, values]) => ({ sql, values }));
  sent.mockRestore();
  const explained: Explained[] = [];
  for (const { sql, values } of statements) {
    // What tells the planner how to plan counts for those that come after it.
    if (sql.startsWith('set ')) {
      await manager.query(sql);
      continue;
    }
    const [row] = await manager.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
      `explain (format json${how ? `, ${how}` : ''}) ${sql}`,
      how === 'generic_plan' ? [] : values,
    );
    explained.push({ sql, nodes: nodesOf(row?.['QUERY PLAN'][0]?.Plan) });
  }
  return explained;
}

/** How many rows all nodes together have looked at, of a plan that was carried out. */
export function rowsLookedAt({ nodes }: Explained): number {
  return nodes.reduce((sum, node) => {
    const { 'Actual Rows': rows = 0, 'Actual Loops': loops = 0 } = node;
    const { 'Rows Removed by Filter': filtered = 0, 'Rows Removed by Join Filter': unjoined = 0 } = node;
    return sum + (rows + filtered + unjoined) * loops;
  }, 0);
}

function nodesOf(plan: PlanNode | undefined): PlanNode[] {
  return plan ? [plan, ...(plan.Plans ?? []).flatMap(nodesOf)] : [];
}
