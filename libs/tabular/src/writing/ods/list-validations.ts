import type { OutputColumn } from '../output-cell.js';
import { columnName } from '../column-name.js';
import { checkLists, isInlineList } from '../lists.js';
import { isXmlText } from '../xml-characters.js';
import { HIDDEN_TABLE_STYLE } from './cell-styles.js';
import { attributeXml, paragraphs } from './xml-text.js';

/** Lets people enter only what the columns list: short lists stand in the validation, others on a hidden sheet. */
export class ListValidations {
  /** Attribute of the cells of each column; '' without a list. */
  readonly attributes: readonly string[];
  /** `table:content-validations`, or ''. */
  readonly declarations: string;
  private readonly inSheet: (readonly string[])[] = [];

  constructor(
    columns: readonly OutputColumn[],
    private readonly sheetName: string,
    private readonly listSheetName: string,
  ) {
    checkLists(columns, isXmlText);
    const validations = columns.map(({ list = [] }, column) => (list.length > 0 ? this.validation(column, list) : ''));
    const declared = validations.join('');
    this.declarations = declared && `<table:content-validations>${declared}</table:content-validations>`;
    this.attributes = validations.map((validation, column) =>
      validation ? ` table:content-validation-name="list${column + 1}"` : '',
    );
  }

  get needsSheet(): boolean {
    return this.inSheet.some(({ length }) => length > 0);
  }

  /** The sheet of the long lists, one column for each, or ''. */
  tableXml(): string {
    const rows = Math.max(0, ...this.inSheet.map(({ length }) => length));
    if (rows === 0) return '';
    let xml = `<table:table table:name="${this.listSheetName}" table:style-name="${HIDDEN_TABLE_STYLE}">`;
    xml += `<table:table-column table:number-columns-repeated="${this.inSheet.length}"/>`;
    for (let row = 0; row < rows; row++) {
      const cells = this.inSheet.map((list) => textCell(list[row]));
      xml += `<table:table-row>${cells.join('')}</table:table-row>`;
    }
    return `${xml}</table:table>`;
  }

  private validation(column: number, list: readonly string[]): string {
    const items = isInlineList(list) ? list.map((item) => `"${item}"`).join(';') : this.range(list);
    const condition = `of:cell-content-is-in-list(${items})`;
    const base = `'${this.sheetName.replaceAll("'", "''")}'.${columnName(column)}2`;
    return (
      `<table:content-validation table:name="list${column + 1}" table:condition="${attributeXml(condition)}" ` +
      `table:allow-empty-cell="true" table:base-cell-address="${attributeXml(base)}">` +
      '<table:error-message table:message-type="stop" table:display="true"/></table:content-validation>'
    );
  }

  private range(list: readonly string[]): string {
    const letters = columnName(this.inSheet.push(list) - 1);
    return `[$${this.listSheetName}.$${letters}$1:.$${letters}$${list.length}]`;
  }
}

function textCell(text: string | undefined): string {
  return text === undefined
    ? '<table:table-cell/>'
    : `<table:table-cell office:value-type="string">${paragraphs(text)}</table:table-cell>`;
}
