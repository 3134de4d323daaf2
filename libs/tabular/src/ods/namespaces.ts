import { TabularError } from '../tabular-error.js';

const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns:';

/** The names of OpenDocument 1.0 to 1.4 that a sheet is read by; all other ones of OpenDocument are `odf`. */
const KNOWN = new Map([
  [`${OPEN_DOCUMENT}office:1.0`, 'office'],
  [`${OPEN_DOCUMENT}table:1.0`, 'table'],
  [`${OPEN_DOCUMENT}text:1.0`, 'text'],
  [`${OPEN_DOCUMENT}style:1.0`, 'style'],
  [`${OPEN_DOCUMENT}meta:1.0`, 'meta'],
  ['urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0', 'calcext'],
]);

/** Different prefixes, and names of one, that are remembered. */
const NAMES = 500;
/** Prefixes that may be declared at one place. Programs declare some forty; each element that adds one copies them all. */
const PREFIXES = 1_000;

interface Scope {
  readonly depth: number;
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Names with the prefixes that the standard uses, whatever prefixes a file has. */
export class Namespaces {
  private readonly scopes: Scope[] = [{ depth: -1, prefixes: new Map() }];
  private names = new Map<string, Map<string, string>>();

  /**
   * An element at this depth declares `xmlns` attributes, given by their prefixes; '' is that of the elements without.
   *
   * @throws TabularError file_unreadable
   */
  enter(depth: number, declared: Iterable<readonly [prefix: string, uri: string]>): void {
    const prefixes = new Map(this.prefixes);
    for (const [prefix, uri] of declared) {
      prefixes.set(prefix, standardPrefix(uri));
      if (prefixes.size > PREFIXES) {
        throw new TabularError('file_unreadable', { format: 'ODS', reason: 'too many namespaces' });
      }
    }
    this.scopes.push({ depth, prefixes });
    this.names = new Map();
  }

  /** The element at this depth is closed. */
  leave(depth: number): void {
    if (this.scopes.at(-1)?.depth !== depth) return;
    this.scopes.pop();
    this.names = new Map();
  }

  /** Such as `table:table-cell`; of names that are not of OpenDocument only the part behind the colon is told apart. */
  element(prefix: string, localName: string): string {
    // Millions of names are asked for, a few dozen different ones: putting a key together for each took longest.
    let names = this.names.get(prefix);
    if (!names) {
      if (this.names.size >= NAMES) this.names.clear();
      this.names.set(prefix, (names = new Map<string, string>()));
    }
    let name = names.get(localName);
    if (name === undefined) {
      if (names.size >= NAMES) names.clear();
      names.set(localName, (name = `${this.prefixes.get(prefix) ?? ''}:${localName}`));
    }
    return name;
  }

  /** As an element's, but without a prefix an attribute has no namespace. */
  attribute(prefix: string, localName: string): string {
    return prefix === '' ? localName : this.element(prefix, localName);
  }

  /** Elements that are open and declare names of their own. */
  get depth(): number {
    return this.scopes.length;
  }

  /** The prefix that stands for a standard one in the file, at this place. */
  prefixOf(standard: string): string | undefined {
    for (const [prefix, meaning] of this.prefixes) if (meaning === standard) return prefix;
    return undefined;
  }

  private get prefixes(): ReadonlyMap<string, string> {
    return this.scopes.at(-1)?.prefixes ?? new Map<string, string>();
  }
}

function standardPrefix(uri: string): string {
  return KNOWN.get(uri) ?? (uri.startsWith(OPEN_DOCUMENT) ? 'odf' : '');
}
