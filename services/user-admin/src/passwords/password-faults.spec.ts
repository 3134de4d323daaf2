import { describe, expect, it } from 'vitest';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { passwordFaults } from './password-faults.js';

const ANNA = { email: 'anna.huber@example.com', username: 'ahuber', company: 'Muster & Söhne GmbH' };
const codesOf = (password: string) => passwordFaults(password, ANNA, '/password').map(({ code }) => code);

describe('a password', () => {
  it.each([
    ['eleven characters', 'zebra-kiosk', ['too_short']],
    ['eleven characters, each with an accent of its own', 'e\u0301'.repeat(11), ['too_short']],
    ['129 characters', 'Zebra kiosk pfad! '.repeat(8).slice(0, 129), ['too_long']],
    ['a common one', 'Passwort1234', ['password_too_common']],
    ['a common one with blanks', 'correct horse battery staple', ['password_too_common']],
    ['one letter', 'aaaaaaaaaaaaaaa', ['password_too_common']],
    ['one syllable', 'lalalalalalala', ['password_too_common']],
    ['a repetition that breaks off', 'abcdabcdabcdab', ['password_too_common']],
    ['the digits', '123456789012', ['password_too_common']],
    ['the digits backwards', '9876543210987', ['password_too_common']],
    ['the alphabet', 'abcdefghijklmn', ['password_too_common']],
    ['two rows of keys', 'qwertzuiopasdfghjkl', ['password_too_common']],
    ['the e-mail', 'Anna.Huber@Example.com', ['password_too_personal']],
    ['the name and a year', 'anna huber 2026', ['password_too_personal']],
    ['the company and a year', 'MusterSöhneGmbH2026!', ['password_too_personal']],
    ['the username twice', 'ahuber-ahuber', ['password_too_personal']],
    ['blanks', ' '.repeat(12), ['password_too_common']],
    ['four words', 'zebra kiosk pfad nebel', []],
    ['small letters only', 'zebrakioskpf', []],
    ['letters of no alphabet of ours', 'пароль-медведь', []],
    ['emoji', '🦓🏪🛤️🌫️🦔🎷🧭🪁🥨🚲🧊🪵🎈', []],
    ['the name among much else', 'anna wohnt am zebrakiosk', []],
    ['128 characters', 'Zebra kiosk pfad! '.repeat(8).slice(0, 128), []],
  ])('made of %s', (_name, password, codes) => {
    expect(codesOf(password)).toEqual(codes);
  });

  it('is not made of what it is a password of', () => {
    const anna = { email: 'anna@example.com', username: 'anna', company: 'Oehler AG' };
    const codes = (password: string) => passwordFaults(password, anna, '/password').map(({ code }) => code);
    expect(codes('MusterMuster26')).toEqual(['password_too_personal']);
    expect(codes('zebra Muster kiosk')).toEqual([]);
  });

  it('knows nothing of people without e-mail', () => {
    const nobody = { email: null, username: null, company: 'AB' };
    expect(passwordFaults('zebra kiosk AB', nobody, '/password')).toEqual([]);
  });
});

it('the list has what could be set otherwise, in lower case', () => {
  const wrong = [...COMMON_PASSWORDS].filter((word) => word.length < 12 || word !== word.toLowerCase());
  expect(wrong).toEqual([]);
  expect(COMMON_PASSWORDS.size).toBeGreaterThan(300);
});
