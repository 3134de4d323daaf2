import type { EntitySchema } from './field-schema.js';
import { HOME } from './user/home.js';
import { IDENTITY } from './user/identity.js';
import { PERSON } from './user/person.js';
import { WORK } from './user/work.js';

/** Accounts of the company's own people, kind `staff`: those of administrators, supervisors and reps. */
export const USER: EntitySchema = {
  name: 'user',
  label: { en: 'Users', de: 'Benutzer' },
  ofCompany: true,
  modes: ['create', 'update', 'upsert', 'sync'],
  fields: [...IDENTITY, ...HOME, ...WORK, ...PERSON],
  presetKeys: ['id', 'email', 'employeeNumber'],
  unique: [
    { name: 'id', fields: ['id'], perRep: false },
    { name: 'email', fields: ['email'], perRep: false },
    { name: 'employeeNumber', fields: ['employeeNumber'], perRep: false },
    { name: 'username', fields: ['username'], perRep: false },
  ],
  together: [{ fields: ['home.latitude', 'home.longitude'], code: 'coordinates_incomplete' }],
  rules: [],
};
