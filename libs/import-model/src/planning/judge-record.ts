import type { RowProblem } from '@muster/contracts';
import type { EntitySchema, RecordFields } from '../schema/field-schema.js';

interface Judgement {
  readonly fields: readonly string[];
  readonly check: (record: RecordFields) => RowProblem | undefined;
}

/**
 * What is wrong between the fields of a record as it would be.
 * @param isTouched what is broken already is nobody's fault here: rules speak that look at one of these fields. Preset: all
 */
export function judgeRecord(
  record: RecordFields,
  schema: EntitySchema,
  isTouched: (field: string) => boolean = () => true,
): RowProblem[] {
  return judgements(schema)
    .filter(({ fields }) => fields.some(isTouched))
    .flatMap((one) => one.check(record) ?? []);
}

/** The fields that a change of `mapped` is judged by, beside themselves. */
export function judgedWith(schema: EntitySchema, mapped: readonly string[]): string[] {
  return judgements(schema)
    .filter(({ fields }) => fields.some((field) => mapped.includes(field)))
    .flatMap(({ fields }) => fields);
}

const known = new WeakMap<EntitySchema, readonly Judgement[]>();

function judgements(schema: EntitySchema): readonly Judgement[] {
  let all = known.get(schema);
  if (!all) known.set(schema, (all = [...schema.together.map(pairRule), ...schema.rules]));
  return all;
}

function pairRule({ fields, code }: EntitySchema['together'][number]): Judgement {
  const [first, second] = fields;
  const check = (record: RecordFields): RowProblem | undefined => {
    const emptySecond = (record[second] ?? null) === null;
    if (((record[first] ?? null) === null) === emptySecond) return undefined;
    return { code, field: emptySecond ? second : first };
  };
  return { fields, check };
}
