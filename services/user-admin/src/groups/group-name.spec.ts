import { describe, expect, it } from 'vitest';
import { groupName } from './group-name.js';

describe('the name of a group', () => {
  it.each([
    ['as it is', 'Team Süd', 'Team Süd'],
    ['without blanks around it', ' \u00a0Süd\t', 'Süd'],
    ['composed', 'Su\u0308d', 'Süd'],
    ['of 40 characters, however many units and marks they have', '😀e\u0301'.repeat(20), '😀é'.repeat(20)],
  ])('is kept %s', (_how, text, name) => {
    expect(groupName(text)).toEqual({ name });
  });

  it.each([
    ['empty', '', 'required'],
    ['blank', ' \u00a0', 'required'],
    ['of 41 characters', '😀'.repeat(41), 'too_long'],
    ['with a semicolon', 'a;b', 'separator_in_value'],
    ['with a line break', 'a\nb', 'separator_in_value'],
    ['with a line separator', 'a\u2028b', 'separator_in_value'],
    ['with a tab within', 'a\tb', 'separator_in_value'],
  ])('is refused: %s', (_how, text, code) => {
    expect(groupName(text)).toMatchObject({ fault: { code } });
  });
});
