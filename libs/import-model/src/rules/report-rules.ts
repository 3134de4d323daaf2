import type { RecordRule } from '../schema/field-schema.js';

/** Nothing ends before it begins. */
export const reportTimes: RecordRule = {
  fields: ['start', 'end'],
  check({ start, end }) {
    // Local times of one form: their order is that of their texts.
    const isTurned = typeof start === 'string' && typeof end === 'string' && start > end;
    return isTurned ? { code: 'report_times', field: 'end' } : undefined;
  },
};
