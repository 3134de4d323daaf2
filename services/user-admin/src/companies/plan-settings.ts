import type { ProblemDetail } from '@muster/contracts';
import { inheritedFaults } from '../users/account-faults.js';
import { INHERITED_FIELDS, type InheritedValues } from '../users/account-fields.js';
import { daysOff } from '../users/apply-wishes.js';
import { companyDefaults } from '../users/effective-values.js';
import { valueAt } from '../users/nested.js';
import { isTime } from '../users/time-faults.js';
import { given } from '../validation/given.js';
import type { OperatorChangeCompanyBody } from './company.dto.js';
import type { Company } from './company.entity.js';

export type CompanySettings = Pick<
  Company,
  | 'name'
  | 'language'
  | 'timeZone'
  | 'country'
  | 'licences'
  | 'hostSystem'
  | 'importRowLimit'
  | 'importByteLimit'
  | 'defaults'
  | 'guardPercent'
  | 'guardCount'
  | 'nightWindowFrom'
  | 'nightWindowTo'
  | 'accessLinkDays'
>;

export const SETTING_PRESETS = {
  hostSystem: 'none',
  importRowLimit: 100_000,
  importByteLimit: 31_457_280,
  defaults: {},
  guardPercent: 20,
  guardCount: 500,
  nightWindowFrom: '01:00',
  nightWindowTo: '05:00',
  accessLinkDays: 7,
} as const;

export interface SettingsPlan {
  /** What differs from before; empty: nothing is to be written. */
  readonly changes: Partial<CompanySettings>;
  readonly faults: readonly ProblemDetail[];
}

/** What a merge patch makes of the settings of a company. */
export function planSettings(before: CompanySettings, body: OperatorChangeCompanyBody): SettingsPlan {
  const { defaults, guard, nightWindow, ...others } = body;
  const { name, ...simple } = given(others);
  const planned = planDefaults(before.defaults, defaults);
  const after = {
    ...before,
    ...simple,
    ...(name !== undefined && { name: name.trim() }),
    ...guardAfter(guard),
    ...nightWindowAfter(nightWindow),
    defaults: planned.defaults,
  };
  const changed = Object.entries(after).filter(
    ([property, value]) => JSON.stringify(value) !== JSON.stringify(before[property as keyof CompanySettings]),
  );
  return { changes: Object.fromEntries(changed), faults: [...planned.faults, ...nightWindowFaults(after)] };
}

function guardAfter(guard: OperatorChangeCompanyBody['guard']): Partial<CompanySettings> {
  if (guard === undefined) return {};
  const { guardPercent, guardCount } = SETTING_PRESETS;
  if (guard === null) return { guardPercent, guardCount };
  const { percent, count } = given(guard);
  return { ...(percent !== undefined && { guardPercent: percent }), ...(count !== undefined && { guardCount: count }) };
}

function nightWindowAfter(window: OperatorChangeCompanyBody['nightWindow']): Partial<CompanySettings> {
  if (window === undefined) return {};
  const { nightWindowFrom, nightWindowTo } = SETTING_PRESETS;
  if (window === null) return { nightWindowFrom, nightWindowTo };
  const { from, to } = given(window);
  return { ...(from !== undefined && { nightWindowFrom: from }), ...(to !== undefined && { nightWindowTo: to }) };
}

function nightWindowFaults({ nightWindowFrom: from, nightWindowTo: to }: CompanySettings): ProblemDetail[] {
  const faults = Object.entries({ from, to }).flatMap(([name, time]) =>
    isTime(time) ? [] : [{ pointer: `/nightWindow/${name}`, code: 'time_format', params: { closed: 'no' } }],
  );
  return faults.length === 0 && from === to ? [{ pointer: '/nightWindow/to', code: 'times_reversed' }] : faults;
}

/** What is not set is as Muster presets it, so that a beginning may be set without its end. */
function planDefaults(before: InheritedValues, wished: object | null | undefined) {
  if (wished === undefined) return { defaults: before, faults: [] };
  const wishes = byProperty((id) => valueAt({ defaults: wished }, `defaults.${id}`));
  const all: Record<string, unknown> = { ...wishes, ...daysOff(wishes) };
  const own = INHERITED_FIELDS.flatMap(({ id, property }) => {
    const value = property in all ? all[property] : before[id];
    return value === undefined || value === null ? [] : [[id, value]];
  });
  const defaults = Object.fromEntries(own) as InheritedValues;
  const complete = companyDefaults(defaults);
  const faults = inheritedFaults(
    all,
    byProperty((id) => complete[id]),
  );
  return { defaults, faults: faults.map((fault) => ({ ...fault, pointer: `/defaults${fault.pointer ?? ''}` })) };
}

function byProperty(valueOf: (id: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    INHERITED_FIELDS.flatMap(({ id, property }) => {
      const value = valueOf(id);
      return value === undefined ? [] : [[property, value]];
    }),
  );
}
