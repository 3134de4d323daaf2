import { ValidateBy } from 'class-validator';
import { isStorable, lengthOf } from '@muster/contracts';

// The names are those of class-validator's own rules, by which platform finds the texts.

/** Not blank, and at most `limit` characters, counted as in {@link lengthOf}. */
export function Text(limit: number): PropertyDecorator {
  const rules = [
    rule('isString', (value) => typeof value === 'string'),
    rule('isStorable', (value) => typeof value !== 'string' || isStorable(value)),
    rule('isNotEmpty', (value) => typeof value !== 'string' || value.trim() !== ''),
    MaxCharacters(limit),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

/** Each entry of a list is as {@link Text} says. */
export function EachText(limit: number): PropertyDecorator {
  const is = (test: (text: string) => boolean) => (value: unknown) =>
    !Array.isArray(value) || value.every((entry) => typeof entry !== 'string' || test(entry));
  const rules = [
    rule('isString', (value) => !Array.isArray(value) || value.every((entry) => typeof entry === 'string')),
    rule('isStorable', is(isStorable)),
    rule(
      'isNotEmpty',
      is((entry) => entry.trim() !== ''),
    ),
    rule(
      'maxLength',
      is((entry) => lengthOf(entry) <= limit),
      limit,
    ),
  ];
  return (target, property) => rules.forEach((each) => each(target, property));
}

function MaxCharacters(limit: number): PropertyDecorator {
  return rule('maxLength', (value) => typeof value !== 'string' || lengthOf(value) <= limit, limit);
}

export function MinCharacters(limit: number): PropertyDecorator {
  return rule('minLength', (value) => typeof value !== 'string' || lengthOf(value) >= limit, limit);
}

function rule(name: string, validate: (value: unknown) => boolean, ...constraints: number[]): PropertyDecorator {
  return ValidateBy({ name, constraints, validator: { validate, defaultMessage: () => name } });
}
