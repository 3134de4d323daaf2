import type { FieldSchema } from '../schema/field-schema.js';
import type { CellOptions, CellParser, CellResult, SourceFormat } from './cell-result.js';
import { converterOf, type Converter } from './converters.js';
import { errorCellParams, refused } from './problems.js';
import { badCharacter, isBlank } from './text-rules.js';

type TextParser = (text: string) => CellResult;

const EMPTY: CellResult = { ok: true, value: null };
const REMEMBERED = 1_000;

/**
 * The parser of one column: cell text -> canonical value or problem. An error cell is a problem, never empty. Make it once, call it for every row; it holds nothing
 * that grows with the file. A blank cell is empty: null. Whether an empty cell is allowed is not decided here.
 */
export function compileColumn(field: FieldSchema, source: SourceFormat = {}, options: CellOptions = {}): CellParser {
  const ofText = textParser(field, source, options);
  // Values of a spreadsheet do not look as the file's texts do.
  const { dateFormat: _, ...rest } = source;
  const ofValue = textParser(field, { ...rest, decimalSeparator: '.' }, options);
  return (text, kind = 'text') => {
    if (kind === 'text') return ofText(text);
    return kind === 'error' ? refused(field, 'error_cell', errorCellParams(text)) : ofValue(text);
  };
}

function textParser(field: FieldSchema, source: SourceFormat, { trim = false, valueMap }: CellOptions): TextParser {
  const parse = cellParser(field, converterOf(field, source), trim);
  const mapped: TextParser =
    valueMap && valueMap.size > 0
      ? (text) => parse(valueMap.get(text) ?? (trim ? valueMap.get(text.trim()) : undefined) ?? text)
      : parse;
  return isRepetitive(field) ? remembering(mapped) : mapped;
}

/** {@link compileColumn} for a single cell. */
export function parseCell(field: FieldSchema, text: string, source?: SourceFormat, options?: CellOptions): CellResult {
  return compileColumn(field, source, options)(text);
}

function cellParser(field: FieldSchema, convert: Converter, trim: boolean): TextParser {
  const keepsBlanks = field.type === 'text' || field.type === 'multiline';
  return (text) => {
    if (isBlank(text)) return EMPTY;
    const bad = badCharacter(text);
    if (bad) return refused(field, 'invalid_character', { character: bad });
    return convert(trim || !keepsBlanks ? text.trim() : text);
  };
}

/** Types of which a column has few different values, so that remembering them is faster than reading them again. */
function isRepetitive({ type }: FieldSchema): boolean {
  return type === 'integer' || type === 'minutes' || type === 'yesNo' || type === 'time' || type === 'workingTime';
}

function remembering(parse: TextParser): TextParser {
  const known = new Map<string, CellResult>();
  return (text) => {
    const hit = known.get(text);
    if (hit) return hit;
    const result = parse(text);
    if (known.size < REMEMBERED && text.length < 20) known.set(text, result);
    return result;
  };
}
