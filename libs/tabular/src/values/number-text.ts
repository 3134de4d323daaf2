/** The shortest decimal that is this very number: `.`, no grouping, no exponent below 1e21. Finite numbers only. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  return text.includes('e-') ? withoutExponent(text) : text;
}

function withoutExponent(text: string): string {
  const [digits = '', exponent] = text.split('e-');
  const sign = digits.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits.replace(/[-.]/g, '')}`;
}
