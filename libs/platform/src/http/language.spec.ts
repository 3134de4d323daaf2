import { expect, it } from 'vitest';
import { preferredLanguage } from './language.js';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-at, en;q=0.9', 'de'],
  ['en, de', 'en'],
  ['en;q=0.5, de;q=0.8', 'de'],
  ['fr, de;q=0.5, en;q=0.4', 'de'],
  ['fr', 'en'],
  ['*', 'en'],
  ['de;q=0', 'en'],
  ['de;q=x', 'en'],
  ['fr;q=1, *;q=0.5, de;q=0.1', 'en'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
