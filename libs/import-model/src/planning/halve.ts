/**
 * Applies `rows` in one go; where that fails because of the rows, in halves, until only the faulty ones are left.
 * @param attempt leaves nothing behind when it throws
 * @param isTheirFault whether the same rows would fail again; any other error is thrown on
 * @param giveUp what becomes of a row that fails by itself
 */
export async function applyOrHalve<Row, Effect>(
  rows: readonly Row[],
  attempt: (rows: readonly Row[]) => Promise<Effect>,
  isTheirFault: (error: unknown) => boolean,
  giveUp: (row: Row, error: unknown) => Effect,
): Promise<Effect[]> {
  try {
    return [await attempt(rows)];
  } catch (error) {
    if (!isTheirFault(error)) throw error;
    const [first, ...more] = rows;
    if (first === undefined) throw error;
    if (more.length === 0) return [giveUp(first, error)];
  }
  const middle = Math.ceil(rows.length / 2);
  const left = await applyOrHalve(rows.slice(0, middle), attempt, isTheirFault, giveUp);
  return [...left, ...(await applyOrHalve(rows.slice(middle), attempt, isTheirFault, giveUp))];
}
