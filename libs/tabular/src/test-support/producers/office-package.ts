import { makeZip } from '../make-zip.js';

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Relationships as id, type and target. */
export type Relations = readonly (readonly [id: string, type: string, target: string])[];

export function relations(all: Relations, namespace = RELATIONS): string {
  const elements = all.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${namespace}/${type}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${elements.join('')}</Relationships>`;
}

/** A workbook with what all producers write alike; `parts` are added, or put in the place of these. */
export function officePackage(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const overrides = Object.keys(parts).map((name) => `<Override PartName="/${name}" ContentType="application/xml"/>`);
  return makeZip({
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': relations([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'styles', 'styles.xml'],
      ['rId3', 'sharedStrings', 'sharedStrings.xml'],
    ]),
    ...parts,
  });
}
