import { ValidateBy } from 'class-validator';

/** Whether it is an IANA name in its own spelling; offsets such as `+01:00`, which `Intl` takes too, are none. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Z][A-Za-z0-9_+/-]*$/.test(value)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions();
    // `Intl` forgives letter case, PostgreSQL and others need not; an alias has another spelling altogether.
    return timeZone === value || timeZone.toLowerCase() !== value.toLowerCase();
  } catch {
    return false;
  }
}

export function IsIanaTimeZone(): PropertyDecorator {
  return ValidateBy({ name: 'isTimeZone', validator: { validate: isTimeZone, defaultMessage: () => 'no time zone' } });
}
