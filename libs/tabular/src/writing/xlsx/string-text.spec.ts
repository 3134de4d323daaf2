import { describe, expect, it } from 'vitest';
import { hasKeptBlanks, stringXml } from './string-text.js';

describe('stringXml', () => {
  it.each([
    ['plain', 'plain'],
    ['a & <b>', 'a &amp; &lt;b&gt;'],
    ['tab\tline\n', 'tab\tline\n'],
    ['\r\n', '_x000D_\n'],
    ['\0\u0001\uFFFE', '_x0000__x0001__xFFFE_'],
    ['_x0041_', '_x005F_x0041_'],
    ['_x0041_x0042_', '_x005F_x0041_x005F_x0042_'],
    ['_x0041\u0001', '_x005F_x0041_x0001_'],
    ['_x00_', '_x00_'],
    ['_xyz', '_xyz'],
  ])('%j', (text, xml) => {
    expect(stringXml(text)).toBe(xml);
  });
});

it.each([
  ['a b', false],
  [' a', true],
  ['a ', true],
  ['a  b', true],
  ['a\nb', true],
])('%j has blanks that XML readers may take off: %j', (text, has) => {
  expect(hasKeptBlanks(text)).toBe(has);
});
