/** What a paragraph cannot hold as it is: markup, and blanks that readers join or take off. */
const NOT_PLAIN = /[&<>\t\n\r]|^ | $| {2}/;
const BLANKS = / {2,}|^ | $/g;

/** The lines of a text as paragraphs, each blank kept (ODF 1.3, 6.1.2). Any line end becomes the next paragraph. */
export function paragraphs(text: string): string {
  if (!NOT_PLAIN.test(text)) return `<text:p>${text}</text:p>`;
  let xml = '';
  for (const line of text.split(/\r\n|\r|\n/)) xml += `<text:p>${lineXml(line)}</text:p>`;
  return xml;
}

/** The value of an attribute in double quotes; line ends and tabs survive as references. */
export function attributeXml(text: string): string {
  return escapeMarkup(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}

function lineXml(line: string): string {
  return escapeMarkup(line)
    .replaceAll(BLANKS, (blanks, at: number, whole: string) => {
      const isInside = at > 0 && at + blanks.length < whole.length;
      const count = isInside ? blanks.length - 1 : blanks.length;
      return `${isInside ? ' ' : ''}<text:s${count > 1 ? ` text:c="${count}"` : ''}/>`;
    })
    .replaceAll('\t', '<text:tab/>');
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
