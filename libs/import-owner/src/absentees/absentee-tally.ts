import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { chunksOf, ofRep, type AbsenteeSet } from './absentee-set.js';

/** What is counted of the absentees of one plan and rep, so that no step counts them again. */
@Entity('absentee_tally')
export class AbsenteeTally {
  @PrimaryColumn('uuid', { name: 'company_id', primaryKeyConstraintName: 'PK_absentee_tally' })
  companyId!: Id;

  @PrimaryColumn('uuid', { name: 'plan_id', primaryKeyConstraintName: 'PK_absentee_tally' })
  planId!: Id;

  /** The rep, or the company whose accounts they are. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_absentee_tally' })
  whose!: Id;

  @Column('integer')
  noted!: number;

  @Column('integer')
  removed!: number;

  /** Which rows of the run were looked at for who is present; null: none yet. */
  @Column('text', { nullable: true })
  present!: string | null;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;
}

type Tally = Pick<AbsenteeTally, 'noted' | 'removed' | 'present'>;

export class AbsenteeTallies {
  /** Nobody else takes a step of them meanwhile. */
  async open(manager: EntityManager, of: AbsenteeSet): Promise<Tally> {
    const [tally] = await manager.query<Tally[]>(
      `select noted, removed, present from absentee_tally
        where company_id = $1 and plan_id = $2 and whose = $3 for update`,
      [of.companyId, of.planId, of.repId ?? of.companyId],
    );
    return tally ?? this.recount(manager, of);
  }

  /** Counts them all, at the begin and at the end: services of two versions may have worked at them. */
  async recount(manager: EntityManager, of: AbsenteeSet): Promise<Tally> {
    const [tally] = await manager.query<[Tally]>(
      `insert into absentee_tally (company_id, plan_id, whose, noted, removed)
       select $1::uuid, $2::uuid, coalesce($3::uuid, $1::uuid), count(*), count(*) filter (where state = 'removed')
         from absentee where company_id = $1 and plan_id = $2 and ${ofRep(of)}
       on conflict (company_id, plan_id, whose) do update
          set noted = excluded.noted, removed = excluded.removed, at = excluded.at
       returning noted, removed, present`,
      [of.companyId, of.planId, of.repId],
    );
    return tally;
  }

  async save(manager: EntityManager, of: AbsenteeSet, { removed, present }: Omit<Tally, 'noted'>): Promise<void> {
    await manager.query(
      `update absentee_tally set removed = $4, present = $5, at = clock_timestamp()
        where company_id = $1 and plan_id = $2 and whose = $3`,
      [of.companyId, of.planId, of.repId ?? of.companyId, removed, present],
    );
  }

  /** Another text when rows of the run have been answered that were not before. */
  async presence(manager: EntityManager, of: AbsenteeSet, acrossReps: boolean): Promise<string> {
    const [row] = await manager.query<[{ present: string }]>(
      `select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) as present from chunk_result
        where company_id = $1 and import_id = $2 and ${chunksOf(of, acrossReps)}`,
      [of.companyId, of.importId, of.repId],
    );
    return row.present;
  }
}
