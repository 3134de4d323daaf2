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

export function MaxCharacters(limit: number): PropertyDecorator {
  return rule('maxLength', (value) => typeof value !== 'string' || lengthOf(value) <= limit, limit);
}

export function MinCharacters(limit: number): PropertyDecorator {
  return rule('minLength', (value) => typeof value !== 'string' || lengthOf(value) >= limit, limit);
}

function rule(name: string, validate: (value: unknown) => boolean, ...constraints: number[]): PropertyDecorator {
  return ValidateBy({ name, constraints, validator: { validate, defaultMessage: () => name } });
}
