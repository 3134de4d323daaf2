import { APPOINTMENT } from '@muster/import-model';
import { recordTable } from '../records/record-table.js';
import { Appointment } from './appointment.entity.js';

export const APPOINTMENT_TABLE = recordTable(Appointment, APPOINTMENT, 'UQ_appointment_external_id');
