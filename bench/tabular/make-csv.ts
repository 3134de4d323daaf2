import { formatCsvRow } from '@muster/tabular';
import { customer, HEADER, type BenchCell } from './customers.js';

const FORMAT = { delimiter: ';', guardFormulas: false };

/** As a German Excel saves it, in UTF-8. */
export function* csvText(rows: number): Generator<string> {
  yield formatCsvRow(HEADER, FORMAT);
  for (let no = 1; no <= rows; no++) yield formatCsvRow(customer(no).map(german), FORMAT);
}

function german(cell: BenchCell): string {
  switch (cell?.kind) {
    case undefined:
      return '';
    case 'text':
      return cell.text;
    case 'number':
      return String(cell.value).replace('.', ',');
    case 'percent':
      return `${Math.round(cell.value * 100)} %`;
    case 'boolean':
      return cell.value ? 'WAHR' : 'FALSCH';
    case 'date':
    case 'dateTime':
      return germanDay(cell.day, cell.kind === 'dateTime');
  }
}

function germanDay(day: Date, withTime: boolean): string {
  const [date = '', time = ''] = day.toISOString().split('T');
  return date.split('-').reverse().join('.') + (withTime ? ` ${time.slice(0, 5)}` : '');
}
