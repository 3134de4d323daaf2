import { pointerTo } from '@muster/contracts';
import { ENTITIES, isEntityName, type EntityName } from '../schema/entities.js';
import type { ConfigurationFault, ImportOptions } from './configuration.js';

interface OptionOfSome {
  readonly entities: readonly EntityName[];
  /** What is so anyway; to write it down is no fault. */
  readonly preset: unknown;
}

const OF_REPS = (Object.keys(ENTITIES) as EntityName[]).filter((name) => ENTITIES[name].ofCompany !== true);
const OF_ACCOUNTS: readonly EntityName[] = ['user'];

/** Options that mean something for some entities only. Anywhere else they would be ignored without a word. */
export const OPTIONS_OF_SOME = {
  unknownReps: { entities: OF_REPS, preset: 'refuse' },
  transferMode: { entities: OF_REPS, preset: 'none' },
  updateLastCalls: { entities: ['report'], preset: false },
  allowScheduleRemoval: { entities: OF_ACCOUNTS, preset: false },
  unknownGroups: { entities: OF_ACCOUNTS, preset: 'refuse' },
  notify: { entities: OF_ACCOUNTS, preset: false },
} as const satisfies Partial<Record<keyof ImportOptions, OptionOfSome>>;

function misfits(entity: string, options: Readonly<Record<string, unknown>>): [string, OptionOfSome][] {
  return Object.entries<OptionOfSome>(OPTIONS_OF_SOME).filter(
    ([name, { entities, preset }]) =>
      options[name] !== undefined && options[name] !== preset && !entities.some((one) => one === entity),
  );
}

export function optionFaults({ entity, options }: { entity: string; options: ImportOptions }): ConfigurationFault[] {
  return misfits(entity, { ...options }).map(([name, { entities }]) => {
    const params = { name, entity, entities: entities.join(', ') };
    return { code: 'option_of_other_entity', pointer: pointerTo('options', name), params };
  });
}

/** A document from before such options were refused: without them it means what it meant. */
export function withFittingOptions<Document>(document: Document): Document {
  const { entity, options } = fieldsOf(document);
  if (typeof entity !== 'string' || !isEntityName(entity)) return document;
  const given = fieldsOf(options);
  const unfit = misfits(entity, given).map(([name]) => name);
  if (unfit.length === 0) return document;
  const kept = Object.entries(given).filter(([name]) => !unfit.includes(name));
  return { ...document, options: Object.fromEntries(kept) };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
