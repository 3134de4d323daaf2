import { describe, expect, it } from 'vitest';
import { timeValue } from './time-value.js';

describe('timeValue', () => {
  it.each([
    ['PT12H30M00S', '12:30:00'],
    ['PT0S', '00:00:00'],
    ['PT36H05M09S', '36:05:09'],
    ['PT1080012H00M00S', '1080012:00:00'],
    ['-PT1H30M', '-01:30:00'],
    ['-PT0H0M0.2S', '00:00:00'],
    ['P1DT2H', '26:00:00'],
    ['P2D', '48:00:00'],
    ['PT90M', '01:30:00'],
    ['PT00H00M01.500000000S', '00:00:02'],
    ['PT23H59M59.9S', '24:00:00'],
    ['PT1,4S', '00:00:01'],
  ])('%s is %s', (value, text) => {
    expect(timeValue(value)).toBe(text);
  });

  it.each(['', 'P', 'PT', 'P1DT', 'P1Y', 'P1M', 'PT1X', '12:30', 'PT9999999999999H', 'PT-5M', 'PT999999999999999H'])(
    '%s is none',
    (value) => {
      expect(timeValue(value)).toBeUndefined();
    },
  );
});
