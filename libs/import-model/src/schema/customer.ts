import { ADDRESS, COORDINATES } from './address-fields.js';
import { CONTACT } from './customer/contact.js';
import { NAMES } from './customer/names.js';
import { VISITS } from './customer/visits.js';
import type { EntitySchema } from './field-schema.js';
import { RECORD_KEYS, recordFields } from './record-fields.js';

const NUMBERS = ['Customer number', 'Customer no.', 'Customer ID', 'Kundennummer', 'Kundennr.', 'Kunden-Nr.'];

export const CUSTOMER: EntitySchema = {
  ...RECORD_KEYS,
  name: 'customer',
  label: { en: 'Customers', de: 'Kunden' },
  fields: [...recordFields(NUMBERS), ...NAMES, ...ADDRESS, ...CONTACT, ...VISITS],
  together: [COORDINATES],
  rules: [],
};
