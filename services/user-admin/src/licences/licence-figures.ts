/** From this share on the licences are nearly used up: 90 %. */
const NEAR_PERCENT = 90;

export interface LicenceFigures {
  readonly total: number;
  readonly inUse: number;
  readonly free: number;
  /** At least 90 % of them are in use. */
  readonly near: boolean;
  /** More are in use than there are, as after a restore or when the company has given some back. */
  readonly over: boolean;
}

export function licenceFigures(total: number, inUse: number): LicenceFigures {
  return {
    total,
    inUse,
    free: Math.max(0, total - inUse),
    near: inUse > 0 && inUse * 100 >= total * NEAR_PERCENT,
    over: inUse > total,
  };
}
