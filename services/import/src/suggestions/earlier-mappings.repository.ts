import type { EntityManager } from 'typeorm';
import type { EarlierMapping } from '@muster/import-model';

/** Imports that are looked at: what was done long ago says less than what is done now. */
const LATEST = 100;

export class EarlierMappingsRepository {
  /** How the company's latest imports of the entity that ran mapped headers to fields. */
  find(manager: EntityManager, entity: string): Promise<EarlierMapping[]> {
    return manager.query<EarlierMapping[]>(
      `with mapped as (
         select j.id, m ->> 'SourceFieldID' as header, m ->> 'TargetFieldID' as field
           from (select id, configuration from import_job
                  where entity = $1 and started_at is not null order by id desc limit ${LATEST}) j,
                jsonb_array_elements(j.configuration -> 'mappings') m
          where m ->> 'SourceFieldID' !~ '^#[0-9]+$')
       select header, field, times, imports
         from (select header, field, count(*)::integer as times from mapped group by header, field) f
         join (select header, count(distinct id)::integer as imports from mapped group by header) h using (header)`,
      [entity],
    );
  }
}
