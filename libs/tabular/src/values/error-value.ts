/**
 * What spreadsheets put in place of a value that they cannot work out, in English and German. The reader of a file without
 * kinds takes no other text for an error: `#URGENT!` is what somebody wrote.
 */
const ERROR_VALUES: ReadonlySet<string> = new Set(
  [
    '#N/A #REF! #DIV/0! #VALUE! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #UNKNOWN! #CONNECT! #BUSY!',
    '#GETTING_DATA #EXTERNAL! #PYTHON!',
    '#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK! #FELD! #BLOCKIERT! #UNBEKANNT! #VERBINDEN! #BESCHÄFTIGT! #EXTERN!',
  ].flatMap((line) => line.split(' ')),
);

/** LibreOffice counts its own errors. */
const NUMBERED = /^(?:Err|Fehler):5\d\d$/;
/** A number or date in a column that is too narrow for it, saved as it was shown: what it was is lost. */
const TOO_NARROW = /^#{3,}$/;

/** Whether a text that stands alone in a cell is an error of the spreadsheet that wrote the file. */
export function isErrorValue(text: string): boolean {
  if (text.charCodeAt(0) === 35) return ERROR_VALUES.has(text) || TOO_NARROW.test(text);
  return NUMBERED.test(text);
}
