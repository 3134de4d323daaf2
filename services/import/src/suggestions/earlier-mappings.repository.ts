import type { EntityManager } from 'typeorm';
import type { EarlierMapping } from '@muster/import-model';

/** Imports that are looked at: what was done long ago says less than what is done now. */
const LATEST = 100;

export class EarlierMappingsRepository {
  /** How the company's latest imports of the entity that ran mapped headers to fields. */
  find(manager: EntityManager, entity: string): Promise<EarlierMapping[]> {
    return manager.query<EarlierMapping[]>(
      `select m ->> 'SourceFieldID' as header, m ->> 'TargetFieldID' as field, count(*)::integer as times
         from (select configuration from import_job
                where entity = $1 and started_at is not null order by id desc limit ${LATEST}) j,
              jsonb_array_elements(j.configuration -> 'mappings') m
        where m ->> 'SourceFieldID' !~ '^#[0-9]+$'
        group by 1, 2`,
      [entity],
    );
  }
}
