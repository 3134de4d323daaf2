import { TASK } from '@muster/import-model';
import { recordTable } from '../records/record-table.js';
import { Task } from './task.entity.js';

export const TASK_TABLE = recordTable(Task, TASK, 'UQ_task_external_id');
