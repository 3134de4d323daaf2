import { Transform } from 'class-transformer';
import { AUTHORIZATION_LEVELS } from './account-kinds.js';
import { LEVEL_NAMES } from './role.js';

const BY_NAME = new Map<unknown, number>(AUTHORIZATION_LEVELS.map((level) => [LEVEL_NAMES[level], level]));

/** How a level may be sent; answered is the number. */
export const LEVEL_SHAPE = {
  oneOf: [
    { type: 'integer', enum: [...AUTHORIZATION_LEVELS] },
    { type: 'string', enum: [...BY_NAME.keys()] },
  ],
};

/** The level of that number or name; what is neither stays as it is, for the check to refuse. */
export function levelOf(value: unknown): unknown {
  return BY_NAME.get(value) ?? value;
}

/** A level of a body. */
export const AsLevel = () => Transform(({ value }: { value: unknown }) => levelOf(value));

/** A level of a query, where numbers are texts. */
export const AsLevelOfQuery = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d$/.test(value) ? Number(value) : levelOf(value),
  );
