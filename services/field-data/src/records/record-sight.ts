import { Injectable } from '@nestjs/common';
import { findReps, Problem, repsInSight, type Id } from '@muster/contracts';
import { Questions, type Caller } from '@muster/platform';

const COMPANY_WIDE: ReadonlySet<Caller['role']> = new Set(['administrator', 'key', 'person']);
/** For so long a supervisor's reps are remembered: who leaves a group is out of sight soon, and a list asks once for many pages. */
const REMEMBERED_MS = 10_000;
/** Supervisors remembered at once. */
const AT_MOST = 1_000;

interface Known {
  readonly until: number;
  readonly reps: Promise<readonly Id[]>;
}

/** Whose records a caller sees and writes. */
@Injectable()
export class RecordSight {
  private readonly known = new Map<string, Known>();

  constructor(private readonly questions: Questions) {}

  /**
   * Everybody's (null) for administrators, and for keys and people of role 1, whom a scope has let in; a supervisor's own and
   * those of the reps who share a group with the supervisor; else the caller's own.
   */
  async of({ companyId, role, userId }: Pick<Caller, 'companyId' | 'role' | 'userId'>): Promise<readonly Id[] | null> {
    if (COMPANY_WIDE.has(role)) return null;
    if (userId === null) return [];
    if (role !== 'supervisor') return [userId];
    return [...new Set([userId, ...(await this.repsOf(companyId, userId, Date.now()))])];
  }

  /** @throws Problem rep_unknown unless it is an account with its own schedule, in the caller's sight */
  async requireRep(caller: Caller, repId: Id): Promise<void> {
    const reach = await this.of(caller);
    if (reach !== null && !reach.includes(repId)) throw new Problem('rep_unknown');
    const { found } = await this.questions.ask(findReps, { companyId: caller.companyId, userIds: [repId] });
    const isRep = found.some(({ userId, hasOwnSchedule }) => userId === repId && hasOwnSchedule);
    if (!isRep) throw new Problem('rep_unknown');
  }

  private repsOf(companyId: Id, userId: Id, now: number): Promise<readonly Id[]> {
    const key = `${companyId}/${userId}`;
    const hit = this.known.get(key);
    if (hit && hit.until > now) return hit.reps;
    const reps = this.questions.ask(repsInSight, { companyId, userId }).then(({ userIds }) => userIds);
    // What failed is asked again.
    reps.catch(() => this.known.delete(key));
    this.known.delete(key);
    this.known.set(key, { until: now + REMEMBERED_MS, reps });
    const [oldest] = this.known.keys();
    if (this.known.size > AT_MOST && oldest !== undefined) this.known.delete(oldest);
    return reps;
  }
}
