import { CUSTOMER } from '@muster/import-model';
import { recordTable } from '../records/record-table.js';
import { Customer } from './customer.entity.js';

export const CUSTOMER_TABLE = recordTable(Customer, CUSTOMER, 'UQ_customer_external_id');
