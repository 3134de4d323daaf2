import { REPORT } from '@muster/import-model';
import { recordTable } from '../records/record-table.js';
import { Report } from './report.entity.js';

export const REPORT_TABLE = recordTable(Report, REPORT, 'UQ_report_external_id');
