import { FILL_COLOURS, FILLS, FORMATS, columnWidth, type CellFormat } from '../cell-formats.js';
import type { CellFill, OutputColumn } from '../output-cell.js';

export function styleName(format: CellFormat, fill: CellFill | undefined): string {
  return fill ? `${format}-${fill}` : format;
}

export const HEADER_STYLE = 'header';
const HIDDEN_TABLE_STYLE = 'hidden';

/** Centimetres of a character of 10 points, and what is between the text and the edges of its cell. */
const CHARACTER = 0.21;
const MARGIN = 0.3;

/** Formats of columns and cells, for `office:automatic-styles` of the content. */
export function automaticStyles(columns: readonly OutputColumn[], language: 'de' | 'en'): string {
  const cells = FORMATS.flatMap((format) => [undefined, ...FILLS].map((fill) => cellStyle(format, fill)));
  const widths = columns.map(
    (column, index) =>
      `<style:style style:name="${columnStyleName(index)}" style:family="table-column"><style:table-column-properties ` +
      `style:column-width="${(columnWidth(column) * CHARACTER + MARGIN).toFixed(2)}cm"/></style:style>`,
  );
  return (
    numberStyles(language) +
    cells.join('') +
    `<style:style style:name="${HEADER_STYLE}" style:family="table-cell" style:parent-style-name="Default" ` +
    'style:data-style-name="n-text"><style:text-properties fo:font-weight="bold"/></style:style>' +
    `<style:style style:name="${HIDDEN_TABLE_STYLE}" style:family="table">` +
    '<style:table-properties table:display="false"/></style:style>' +
    widths.join('')
  );
}

export function columnStyleName(column: number): string {
  return `column${column + 1}`;
}

export { HIDDEN_TABLE_STYLE };

function cellStyle(format: CellFormat, fill: CellFill | undefined): string {
  const data = format === 'general' ? '' : ` style:data-style-name="n-${format}"`;
  const properties = fill ? `<style:table-cell-properties fo:background-color="#${FILL_COLOURS[fill]}"/>` : '';
  return (
    `<style:style style:name="${styleName(format, fill)}" style:family="table-cell" ` +
    `style:parent-style-name="Default"${data}>${properties}</style:style>`
  );
}

function numberStyles(language: 'de' | 'en'): string {
  const year = '<number:year number:style="long"/>';
  const month = '<number:month number:style="long"/>';
  const day = '<number:day number:style="long"/>';
  const date = language === 'de' ? [day, month, year].join(literal('.')) : [year, month, day].join(literal('-'));
  const time = ['hours', 'minutes', 'seconds']
    .map((unit) => `<number:${unit} number:style="long"/>`)
    .join(literal(':'));
  return (
    '<number:text-style style:name="n-text"><number:text-content/></number:text-style>' +
    `<number:date-style style:name="n-date">${date}</number:date-style>` +
    `<number:date-style style:name="n-dateTime">${date}${literal(' ')}${time}</number:date-style>` +
    `<number:time-style style:name="n-time">${time}</number:time-style>` +
    `<number:time-style style:name="n-duration" number:truncate-on-overflow="false">${time}</number:time-style>` +
    '<number:percentage-style style:name="n-percent">' +
    `<number:number number:decimal-places="2" number:min-integer-digits="1"/>${literal('%')}</number:percentage-style>` +
    '<number:boolean-style style:name="n-boolean"><number:boolean/></number:boolean-style>'
  );
}

function literal(text: string): string {
  return `<number:text>${text}</number:text>`;
}
