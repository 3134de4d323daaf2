import { expect, it } from 'vitest';
import type { OperatorChangeCompanyBody } from './company.dto.js';
import { planSettings, SETTING_PRESETS } from './plan-settings.js';

const before = {
  ...SETTING_PRESETS,
  name: 'Muster GmbH',
  language: 'en',
  timeZone: 'Europe/Vienna',
  country: 'AT',
  licences: 5,
} as const;

it.each(['name', 'licences', 'language', 'timeZone', 'country', 'hostSystem', 'importRowLimit', 'accessLinkDays'])(
  'null leaves %s as it is: a company always has one',
  (property) => {
    const body = { [property]: null } as unknown as OperatorChangeCompanyBody;
    expect(planSettings(before, body)).toEqual({ changes: {}, faults: [] });
  },
);

it('a name loses the blanks around it', () => {
  expect(planSettings(before, { name: ' Other ' }).changes).toEqual({ name: 'Other' });
});
