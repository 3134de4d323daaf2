import { describe, expect, it } from 'vitest';
import { applyOrHalve } from './halve.js';

describe('applyOrHalve', () => {
  const rows = Array.from({ length: 37 }, (_, i) => i);

  async function apply(bad: readonly number[]) {
    let attempts = 0;
    const effects = await applyOrHalve<number, string[]>(
      rows,
      async (some) => {
        attempts += 1;
        if (some.some((row) => bad.includes(row))) throw new Error('bad');
        return some.map((row) => `${row}`);
      },
      (error) => error instanceof Error && error.message === 'bad',
      (row) => [`${row} failed`],
    );
    return { attempts, rows: effects.flat() };
  }

  it('applies good rows in one go', async () => {
    expect(await apply([])).toEqual({ attempts: 1, rows: rows.map(String) });
  });

  it.each([[[0]], [[36]], [[18]], [[3, 4]], [[0, 18, 36]]])('gives up the rows %j alone, in order', async (bad) => {
    const { rows: outcome, attempts } = await apply(bad);
    expect(outcome).toEqual(rows.map((row) => (bad.includes(row) ? `${row} failed` : `${row}`)));
    expect(attempts).toBeLessThanOrEqual(1 + 2 * bad.length * Math.ceil(Math.log2(rows.length)));
  });

  it('gives up all rows when all are bad', async () => {
    expect((await apply(rows)).rows).toEqual(rows.map((row) => `${row} failed`));
  });

  it('throws on what is not the rows’ fault', async () => {
    const away = () => Promise.reject(new Error('connection terminated'));
    await expect(
      applyOrHalve(
        rows,
        away,
        () => false,
        () => 'failed',
      ),
    ).rejects.toThrow('terminated');
  });
});
