import { describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import { dropInDocument, sourceOf } from './drop-in-document.js';
import type { DropInQuery } from './drop-in-query.dto.js';

const MAPPINGS = [{ SourceFieldID: 'Id', TargetFieldID: 'externalId' }];

function pointerOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error.errors[0]?.pointer;
    throw error;
  }
  return undefined;
}

describe('the document of a drop-in call', () => {
  it.each<[string, DropInQuery, object, object]>([
    ['fills in entity and mode', {}, {}, { entity: 'customer', mode: 'UpdateOrInsert' }],
    ["has its own mode, or the URL's", { mode: 'Insert' }, { mode: 'update' }, { mode: 'Insert' }],
    ['keeps its own mode', {}, { mode: 'update' }, { mode: 'update' }],
    [
      'reads the file as the URL says',
      { language: 'de', delimiter: 'tabdelimited', encodingName: 'Windows-1252' },
      { source: { sheet: 'A', delimiter: ';' } },
      { source: { sheet: 'A', delimiter: '\t', encoding: 'windows-1252', language: 'de' } },
    ],
    [
      'leaves the delimiter to recognition',
      { delimiter: 'automatic' },
      { source: { delimiter: ';' } },
      { source: { delimiter: ';' } },
    ],
    [
      'gives the whole file to one rep',
      { userEmail: ' a@b.c ' },
      {},
      { userMapping: { by: 'email', constant: 'a@b.c' } },
    ],
    [
      'takes the rows of one rep only',
      { employeeNumber: '7' },
      { userMapping: { by: 'employeeNumber', SourceFieldID: 'Rep' } },
      { userMapping: { by: 'employeeNumber', SourceFieldID: 'Rep', include: ['7'] } },
    ],
    [
      'takes no rows of a rep whom the configuration leaves out',
      { userEmail: 'c@b.c' },
      { userMapping: { by: 'email', SourceFieldID: 'Rep', include: ['a@b.c'], exclude: ['d@b.c'] } },
      { userMapping: { by: 'email', SourceFieldID: 'Rep', include: [], exclude: ['d@b.c'] } },
    ],
  ])('%s', (_case, query, document, expected) => {
    const made = dropInDocument('customer', query, { mappings: MAPPINGS, ...document });
    expect(made).toMatchObject({ mappings: MAPPINGS, ...expected });
  });

  it.each<[string, DropInQuery, object, string]>([
    ['another entity', {}, { entity: 'task' }, '/importConfig/entity'],
    ['two reps', { userEmail: 'a@b.c', employeeNumber: '7' }, {}, '/employeeNumber'],
    [
      'a number beside a column of e-mails',
      { employeeNumber: '7' },
      { userMapping: { by: 'email' } },
      '/employeeNumber',
    ],
    ['an unheard encoding', { encodingName: 'ebcdic' }, {}, '/encodingName'],
  ])('is refused for %s', (_case, query, document, pointer) => {
    expect(pointerOf(() => dropInDocument('customer', query, document))).toBe(pointer);
  });

  it.each([['text'], [null], [[1]]])('leaves %j to the check of configurations', (json) => {
    expect(dropInDocument('customer', { mode: 'Insert' }, json)).toBe(json);
  });
});

describe('how the file is read', () => {
  it.each<[DropInQuery, object]>([
    [{}, {}],
    [
      { delimiter: 'commadelimited', encodingName: ' UTF8 ' },
      { delimiter: ',', encoding: 'utf-8' },
    ],
    [{ delimiter: 'automatic', encodingName: 'unicode' }, { encoding: 'utf-16le' }],
  ])('%j: %j', (query, expected) => {
    expect(sourceOf(query)).toEqual(expected);
  });
});
