import { expect, it } from 'vitest';
import { formFingerprint } from './form-fingerprint.js';

const upload = { fileName: 'a.csv', sha256: '00' };
const fields = new Map([
  ['configuration', '{}'],
  ['delimiter', ';'],
]);

it('is the same whatever the order of the parts', () => {
  expect(formFingerprint(upload, new Map([...fields].reverse()))).toBe(formFingerprint(upload, fields));
});

it.each([
  ['file name', { ...upload, fileName: 'b.csv' }, fields],
  ['content', { ...upload, sha256: '01' }, fields],
  ['value of a field', upload, new Map([...fields, ['delimiter', ',']])],
  ['one field more', upload, new Map([...fields, ['encoding', 'utf-8']])],
  ['one field less', upload, new Map([...fields].slice(1))],
  ['NUL, which no database keeps', upload, new Map([...fields, ['note', 'a\0']])],
])('tells apart: %s', (_name, other, otherFields) => {
  const fingerprint = formFingerprint(other, otherFields);
  expect(fingerprint).not.toBe(formFingerprint(upload, fields));
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
});
