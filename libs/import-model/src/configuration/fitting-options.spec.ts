import { describe, expect, it } from 'vitest';
import { ENTITIES, type EntityName } from '../schema/entities.js';
import { OPTIONS_OF_SOME, withFittingOptions } from './fitting-options.js';
import { parseConfiguration } from './parse-configuration.js';
import { templateConfiguration } from './template-configuration.js';

const NAMES = Object.keys(ENTITIES) as EntityName[];
/** What each asks for, and of which entities. */
const ASKED: Record<keyof typeof OPTIONS_OF_SOME, [unknown, EntityName[]]> = {
  unknownReps: ['ignore', ['customer', 'appointment', 'task', 'report']],
  transferMode: ['copy', ['customer', 'appointment', 'task', 'report']],
  updateLastCalls: [true, ['report']],
  allowScheduleRemoval: [true, ['user']],
  unknownGroups: ['create', ['user']],
  notify: [true, ['user']],
};

const withOptions = (entity: EntityName, options: object) => ({
  ...templateConfiguration(ENTITIES[entity], 'en'),
  options,
});
const faultsOf = (document: unknown) => {
  const result = parseConfiguration(document);
  return result.ok ? [] : result.faults;
};

describe.each(Object.entries(ASKED))('the option %s', (name, [value, entities]) => {
  it.each(NAMES)('of %s: is taken, or refused by its name', (entity) => {
    const refused = [
      {
        ...{ code: 'option_of_other_entity', pointer: `/options/${name}` },
        params: { name, entity, entities: entities.join(', ') },
      },
    ];
    const faults = faultsOf(withOptions(entity, { [name]: value }));
    expect(faults).toEqual(entities.includes(entity) ? [] : refused);
  });

  it.each(NAMES)('of %s: to say what is so anyway is no fault', (entity) => {
    const { preset } = OPTIONS_OF_SOME[name as keyof typeof OPTIONS_OF_SOME];
    expect(faultsOf(withOptions(entity, { [name]: preset }))).toEqual([]);
  });

  it.each(NAMES)('of %s: is left out of an older document where it meant nothing', (entity) => {
    const older = withOptions(entity, { [name]: value, maxErrors: 3 });
    const options = entities.includes(entity) ? older.options : { maxErrors: 3 };
    expect(withFittingOptions(older)).toEqual({ ...older, options });
    const { formatVersion, ...uncounted } = older;
    expect(formatVersion).toBe(1);
    const result = parseConfiguration(uncounted);
    expect(result.ok && result.configuration.options).toMatchObject(options);
    expect(result.ok && Object.hasOwn(result.configuration.options, name) && name !== 'unknownReps').toBe(
      entities.includes(entity) && name !== 'unknownReps',
    );
  });
});

it.each([null, 'text', [1], {}, { entity: 1 }, { entity: 'constructor', options: { notify: true } }, { entity: 'user', options: 'x' }])(
  'what is no such document is left as it is: %j',
  (document) => {
    expect(withFittingOptions(document)).toBe(document);
  },
); // prettier-ignore
