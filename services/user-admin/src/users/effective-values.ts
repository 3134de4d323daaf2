import { INHERITED_FIELDS, WEEKDAYS, type InheritedValues } from './account-fields.js';

const workday = (day: string) => day !== 'sat' && day !== 'sun';

/** What holds where neither the account nor the company says anything. */
export const PRESETS: InheritedValues = {
  ...Object.fromEntries(
    WEEKDAYS.flatMap((day) => [
      [`workingHours.${day}.from`, workday(day) ? '08:00' : 'closed'],
      [`workingHours.${day}.to`, workday(day) ? '17:00' : 'closed'],
    ]),
  ),
  'workBreak.mode': 'none',
  'workBreak.from': '12:00',
  'workBreak.to': '13:00',
  'workBreak.minutes': 30,
  'overnight.days': 0,
  'overnight.minDistance': 200,
  'overnight.minMinutes': 120,
  'overnight.maxTravelMinutes': 480,
  'drivingSpeed.city': 0,
  'drivingSpeed.country': 0,
  'drivingSpeed.highway': 0,
  'defaults.callInterval': 28,
  'defaults.callDuration': 30,
  'defaults.businessHours': null,
};

/** The company's defaults, complete. */
export function companyDefaults(own: InheritedValues): InheritedValues {
  return { ...PRESETS, ...own };
}

/** What holds for an account: its own values, else the company's. By field id. */
export function effectiveValues(account: object, defaults: InheritedValues): InheritedValues {
  const own = account as Readonly<Record<string, string | number | null>>;
  const complete = companyDefaults(defaults);
  return Object.fromEntries(INHERITED_FIELDS.map(({ id, property }) => [id, own[property] ?? complete[id] ?? null]));
}
