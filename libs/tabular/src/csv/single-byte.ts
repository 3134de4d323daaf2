/** 0x80 to 0x9F of Windows-1252; five of them mean nothing. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Where ISO-8859-15 differs from ISO-8859-1. */
const LATIN_9: Readonly<Record<string, string>> = { '¤': '€', '¦': 'Š', '¨': 'š', '´': 'Ž', '¸': 'ž', '¼': 'Œ', '½': 'œ', '¾': 'Ÿ' }; // prettier-ignore

/**
 * Windows-1252, or undefined when a byte means nothing there; most often such a file is of DOS, where 0x81 is an ü. Not
 * by `TextDecoder`, which takes it for ISO-8859-1 in some versions of Node.
 */
export function decodeWindows1252(bytes: Buffer): string | undefined {
  const text = decodeLatin1(bytes);
  return /[\u0081\u008d\u008f\u0090\u009d]/.test(text) ? undefined : text;
}

/** What the web calls ISO-8859-1: Windows-1252 where that means something, controls where not. */
export function decodeLatin1(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control); // prettier-ignore
}

export function decodeLatin9(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[¤¦¨´¸¼½¾]/g, (sign) => LATIN_9[sign] ?? sign);
}

const BYTE_1252: ReadonlyMap<string, string> = new Map(
  [...WINDOWS_1252].map((sign, i) => [sign, String.fromCharCode(0x80 + i)]),
);
const BYTE_LATIN_9: ReadonlyMap<string, string> = new Map(Object.entries(LATIN_9).map(([byte, sign]) => [sign, byte]));

/** The bytes that {@link decodeWindows1252} and {@link decodeLatin1} make this text of. @param text that one of them gave out */
export function encodeLatin1(text: string): Buffer {
  // Beyond the first 256 characters are only those of Windows-1252.
  return Buffer.from(
    text.replaceAll(/[\u0100-\uFFFF]/g, (sign) => BYTE_1252.get(sign) ?? sign),
    'latin1',
  );
}

/** The bytes that {@link decodeLatin9} makes this text of. @param text that it gave out */
export function encodeLatin9(text: string): Buffer {
  return Buffer.from(
    text.replaceAll(/[€ŠšŽžŒœŸ]/g, (sign) => BYTE_LATIN_9.get(sign) ?? sign),
    'latin1',
  );
}
