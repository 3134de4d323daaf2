/** What only a page begins with, also when a web application calls it a workbook. */
const PAGE = /^<(?:!doctype html|html|table)[\s>]/i;
/** What a page may begin with, and the header of a table of text too; then the head has to say more. */
const PERHAPS_PAGE = /^<(?:head|body|meta|style|script|title|div|thead|tbody|tr|font|center|link|p|h[1-6])[\s>/]/i;
const PAGE_INSIDE = /<(?:table|tr|td|html)[\s>]/i;
/** The first element after what may stand in front of it, and its attributes. */
const ROOT = /^(?:\s|<[?!][^>]*>)*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)([^>]*)/;

/**
 * The name of a format that is text but no table of rows.
 *
 * @param head the beginning as Latin-1. Flat ODF says after more than 4,000 characters what it is.
 */
export function markupFormat(head: string): string | undefined {
  const text = plain(head);
  if (/^(?:mime-version:|content-type: multipart)/i.test(text)) return 'MHTML';
  if (/^ID;P(?:WXL|SCALC|CALCOOO|GNUMERIC)/.test(text)) return 'SYLK';
  if (/^TABLE\r?\n0,1\r?\n/.test(text)) return 'DIF';
  if (!text.startsWith('<')) return undefined;
  const markup = text.replaceAll(/<!--[\s\S]*?-->/g, '').trimStart();
  if (PAGE.test(markup) || (PERHAPS_PAGE.test(markup) && PAGE_INSIDE.test(markup))) return 'HTML';
  return /^<(?:\?xml|!doctype)\s/i.test(markup) || /\sxmlns(?::\w+)?=/.test(markup) ? xmlFormat(markup) : undefined;
}

function xmlFormat(text: string): string {
  const [, root = '', attributes = ''] = ROOT.exec(text) ?? [];
  if (root.toLowerCase() === 'html') return 'HTML';
  if (root === 'Workbook' && attributes.includes('office:spreadsheet')) return 'XML spreadsheet';
  if (root !== 'document' || !attributes.includes('opendocument')) return 'XML';
  return /opendocument\.(?:text|presentation|graphics)/.test(attributes) ? 'flat ODF' : 'FODS';
}

/** Whatever the encoding, all that is looked for is ASCII: a byte order mark and the zeros of UTF-16 can go. */
function plain(head: string): string {
  return head
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
}
