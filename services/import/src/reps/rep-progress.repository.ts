import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { RepProgress } from '../assignment/rep-verdict.js';

/** How far an import is with each of its reps. */
export class RepProgressRepository {
  async set(manager: EntityManager, importId: Id, nos: readonly number[], progress: RepProgress): Promise<void> {
    await manager.query(`update import_rep set progress = $3 where import_id = $1 and no = any($2::integer[])`, [
      importId,
      nos,
      progress,
    ]);
  }

  /**
   * Notes the reps of a run as done whose rows all have their outcomes.
   * @param absenteesFollow not those from whose rows something is absent, which goes only after all rows of the run
   * @returns whether no rep is left
   */
  async settle(manager: EntityManager, importId: Id, absenteesFollow = false): Promise<boolean> {
    await manager.query(
      `update import_rep r set progress = 'done'
       where r.import_id = $1 and r.progress = 'running' and not ($2 and coalesce(r.absentees, 0) > 0) and not exists (
         select 1 from import_chunk c where c.import_id = $1 and c.rep_no = r.no and c.state <> 'answered')`,
      [importId, absenteesFollow],
    );
    const left = await manager.query<unknown[]>(
      `select 1 from import_rep where import_id = $1 and progress in ('waiting', 'running') limit 1`,
      [importId],
    );
    return left.length === 0;
  }
}
