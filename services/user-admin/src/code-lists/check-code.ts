/** Whether a company's list has a code, compared exactly; an empty list accepts all. */
export function isKnownCode(list: ReadonlyMap<string, unknown>, value: string): boolean {
  return list.size === 0 || list.has(value);
}
