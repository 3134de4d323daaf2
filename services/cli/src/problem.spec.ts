import { stat } from 'node:fs/promises';
import { TabularError } from '@muster/tabular';
import { describe, expect, it } from 'vitest';
import { problemOf } from './problem.js';
import { UsageError } from './usage-error.js';

describe('problemOf', () => {
  it('tells a refusal in the words of the API', async () => {
    const error = new TabularError('unsupported_format', { format: 'PDF' });
    expect(await problemOf(error, 'en')).toEqual({
      code: 'unsupported_format',
      title: 'Format not supported',
      detail: expect.stringContaining('This looks like PDF.'),
      params: { format: 'PDF' },
    });
    expect((await problemOf(error, 'de')).detail).toContain('Das sieht nach PDF aus.');
  });

  it('tells sizes in megabytes', async () => {
    const error = new TabularError('file_too_large', { limit: 30 * 1024 ** 2, bytes: 33 * 1024 ** 2 + 1 });
    expect((await problemOf(error, 'en')).detail).toContain('larger than 30 MB (at least 33.1 MB');
  });

  it.each([
    [0, 'The file holds bytes that are not utf-8.', 'Die Datei enthält Bytes, die nicht utf-8 sind.'],
    [7, 'Row 7 holds bytes that are not utf-8.', 'Zeile 7 enthält Bytes, die nicht utf-8 sind.'],
  ])('says where a wrong encoding shows: row %d', async (row, en, de) => {
    const error = new TabularError('wrong_encoding', { row, encoding: 'utf-8' });
    expect((await problemOf(error, 'en')).detail).toContain(en);
    expect((await problemOf(error, 'de')).detail).toContain(de);
  });

  it('names the file that cannot be opened', async () => {
    const error: unknown = await stat('/no/such/file').catch((reason: unknown) => reason);
    expect(await problemOf(error, 'en')).toMatchObject({
      code: 'file_not_opened',
      params: { file: '/no/such/file', reason: 'ENOENT' },
    });
  });

  it.each([
    [new UsageError('FILE is missing.'), 'usage', 'FILE is missing.'],
    [new RangeError('out of range'), 'internal_error', 'out of range'],
    ['a text', 'internal_error', 'a text'],
  ])('has a code for %s', async (error, code, detail) => {
    expect(await problemOf(error, 'en')).toMatchObject({ code, detail });
  });
});
