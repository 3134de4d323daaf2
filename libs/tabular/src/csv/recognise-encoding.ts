import type { ByteSource } from '../source/byte-source.js';
import { chunks } from '../source/chunks.js';
import { ByteSurveyor, type ByteSurvey } from './byte-survey.js';
import { markedEncoding, type CsvEncoding } from './encodings.js';
import { wideEncoding } from './wide-encodings.js';

export interface RecognisedEncoding {
  readonly encoding: CsvEncoding;
  /** The file begins with a byte order mark. */
  readonly bom: boolean;
}

const PIECE = 256 * 1024;

/**
 * Tells the encoding from all bytes of a file, of which the first ones often are plain ASCII: byte order mark, zeros of
 * UTF-16 and UTF-32, characters of UTF-8, letters of the 8-bit sets.
 *
 * @param head the beginning of the file
 */
export async function recogniseEncoding(source: ByteSource, head: Uint8Array): Promise<RecognisedEncoding> {
  const evident = evidentEncoding(head);
  if (evident) return evident;
  const surveyor = new ByteSurveyor();
  surveyor.push(head, head.length >= source.size);
  if (surveyor.isSettled || head.length >= source.size)
    return { encoding: narrowEncoding(surveyor.survey), bom: false };
  for await (const piece of chunks(source, head.length, PIECE)) {
    surveyor.push(piece, false);
    if (surveyor.isSettled) break;
  }
  surveyor.push(new Uint8Array(), true);
  return { encoding: narrowEncoding(surveyor.survey), bom: false };
}

function evidentEncoding(head: Uint8Array): RecognisedEncoding | undefined {
  const marked = markedEncoding(head);
  if (marked) return { encoding: marked, bom: true };
  const wide = wideEncoding(head);
  return wide && { encoding: wide, bom: false };
}

/**
 * By majority: a few bad bytes among characters of UTF-8 are a fault of the file, to be told with its row, and not a sign
 * of another encoding; and a capital before a closing quote in Windows-1252 may look like a character of UTF-8.
 */
function narrowEncoding({ utf8, others, controls, latin9 }: ByteSurvey): CsvEncoding {
  if (utf8 >= others) return 'utf-8';
  return controls === 0 && latin9 > 0 ? 'iso-8859-15' : 'windows-1252';
}
