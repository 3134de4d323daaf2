import { nearest, nearParams } from '../text/nearest.js';
import { APPOINTMENT } from './appointment.js';
import { CUSTOMER } from './customer.js';
import type { EntitySchema } from './field-schema.js';
import { REPORT } from './report.js';
import { TASK } from './task.js';
import { USER } from './user.js';

/** What can be imported, by name. */
export const ENTITIES = {
  user: USER,
  customer: CUSTOMER,
  appointment: APPOINTMENT,
  task: TASK,
  report: REPORT,
} as const satisfies Record<string, EntitySchema>;
export type EntityName = keyof typeof ENTITIES;

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(ENTITIES, name);
}

/** @throws Error when there is no such entity; see {@link isEntityName} */
export function entitySchema(name: string): EntitySchema {
  if (!isEntityName(name)) throw new Error(`There is no entity "${name}"`);
  return ENTITIES[name];
}

/** What `unknown_entity` says; people write what they see, a label. */
export function unknownEntityParams(name: string): Readonly<Record<string, string>> {
  const names = new Map(
    Object.values(ENTITIES).flatMap((entity) =>
      [entity.name, entity.label.en, entity.label.de].map((text) => [text, entity.name] as const),
    ),
  );
  const meant = nearest(name, names.keys());
  return { name, ...nearParams(meant === undefined ? undefined : names.get(meant)) };
}
