import { Problem } from '@muster/contracts';
import { guardFindings, type GuardFinding, type GuardSettings } from '@muster/import-model';

/**
 * What somebody lets pass who approves a plan.
 * @param raised limits of this run in place of all others; undefined: what the plan does
 * @throws Problem guard_exceeded when it does more than the raised limits let pass
 */
export function approvedFindings(findings: readonly GuardFinding[], raised?: GuardSettings): GuardFinding[] {
  if (!raised) return [...findings];
  return guardFindings(findings, raised).map((finding) => {
    const { effect, planned, base, limit, exceeded } = finding;
    if (exceeded) throw new Problem('guard_exceeded', { params: { effect, planned, base, limit } });
    // Planned anew, the run may go as far as the raised limit.
    return { ...finding, planned: Math.max(planned, limit) };
  });
}
