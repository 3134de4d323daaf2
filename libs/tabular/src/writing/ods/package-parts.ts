import type { DocumentProperties } from '../table-writer.js';
import { xmlTextOf } from '../xml-characters.js';
import { attributeXml } from './xml-text.js';

export const MIME_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"';

export interface PackageContents {
  readonly sheetName: string;
  readonly hasHeader: boolean;
  /** Sheets, hidden ones too: a reader that knows of one only needs not look for others. */
  readonly tables: number;
  readonly properties: Required<DocumentProperties>;
}

/** The small parts of a package, by name; the content and the mime type are not among them. */
export function packageParts({ sheetName, hasHeader, tables, properties }: PackageContents) {
  return new Map([
    ['META-INF/manifest.xml', manifest()],
    ['meta.xml', meta(properties, tables)],
    ['styles.xml', styles()],
    ['settings.xml', settings(sheetName, hasHeader)],
  ]);
}

function manifest(): string {
  const files = ['content.xml', 'meta.xml', 'styles.xml', 'settings.xml'].map(
    (name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml"/>`,
  );
  return (
    `${XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
    `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MIME_TYPE}"/>` +
    `${files.join('')}</manifest:manifest>`
  );
}

function meta({ title, creator, created }: Required<DocumentProperties>, tables: number): string {
  return (
    `${XML}<office:document-meta ${OFFICE} xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" ` +
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>' +
    element('meta:generator', 'Muster') +
    element('dc:title', title) +
    element('meta:initial-creator', creator) +
    element('dc:creator', creator) +
    element('meta:creation-date', created?.toISOString()) +
    element('dc:date', created?.toISOString()) +
    `<meta:document-statistic meta:table-count="${tables}"/>` +
    '</office:meta></office:document-meta>'
  );
}

function element(name: string, text: string | undefined): string {
  return text ? `<${name}>${attributeXml(xmlTextOf(text))}</${name}>` : '';
}

function styles(): string {
  return (
    `${XML}<office:document-styles ${OFFICE} xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">` +
    '<office:styles><style:style style:name="Default" style:family="table-cell"/></office:styles>' +
    '</office:document-styles>'
  );
}

/** The header stays in sight: the view is split behind the first row, the upper part fixed (mode 2). */
function settings(sheetName: string, hasHeader: boolean): string {
  const items = [
    ['VerticalSplitMode', 'short', 2],
    ['VerticalSplitPosition', 'int', 1],
    ['ActiveSplitRange', 'short', 2],
    ['PositionTop', 'int', 0],
    ['PositionBottom', 'int', 1],
  ].map(
    ([name, type, value]) =>
      `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`,
  );
  const view =
    '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">' +
    '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item>' +
    '<config:config-item-map-named config:name="Tables">' +
    `<config:config-item-map-entry config:name="${attributeXml(sheetName)}">${items.join('')}</config:config-item-map-entry>` +
    '</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>' +
    '</config:config-item-set>';
  return (
    `${XML}<office:document-settings ${OFFICE} xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office">` +
    `<office:settings>${hasHeader ? view : ''}</office:settings></office:document-settings>`
  );
}
