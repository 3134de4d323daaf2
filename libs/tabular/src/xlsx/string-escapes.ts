const ESCAPE = /_x([0-9a-fA-F]{4})_/g;

/**
 * Takes the escapes off by which a workbook writes characters that XML cannot hold (`_x000D_`), and itself (`_x005F_`).
 * Each is taken off once; half a pair of surrogates is no character and stays as it is written.
 */
export function unescapeString(text: string): string {
  if (!text.includes('_x')) return text;
  const result = text.replaceAll(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return result.isWellFormed() ? result : text.replaceAll(ESCAPE, withoutSurrogates);
}

function withoutSurrogates(escape: string, hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code >= 0xd800 && code <= 0xdfff ? escape : String.fromCharCode(code);
}
