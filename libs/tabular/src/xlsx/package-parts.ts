import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { scanPart } from './scan-part.js';
import { unreadable } from './xlsx-error.js';

export interface Relationship {
  readonly id: string;
  /** Last word of the type, in small letters: `worksheet`, `styles`. Namespaces (strict, purl) differ in what is in front. */
  readonly type: string;
  /** Name of the part it leads to, as it would be in the archive; undefined when outside of it. */
  readonly target: string | undefined;
}

/** Part names that a package could have at all, so that a table of relationships does not fill the memory. */
const RELATIONSHIPS = 100_000;

/** The parts of an Open Packaging package, found as the programs find them: letter case and separators do not matter. */
export class PackageParts {
  private readonly byName = new Map<string, ArchiveEntry>();

  constructor(private readonly archive: Archive) {
    for (const [name, entry] of archive.entries) {
      const key = keyOf(name);
      // Of names that differ in letter case only the first counts, unless it is asked for as it is.
      if (!this.byName.has(key)) this.byName.set(key, entry);
    }
  }

  find(name: string): ArchiveEntry | undefined {
    return this.archive.entries.get(name) ?? this.byName.get(keyOf(name));
  }

  /** What a part (`''`: the package) leads to; empty when it has no relationships. */
  async relationshipsOf(part: string): Promise<Relationship[]> {
    const slash = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, slash);
    const entry = this.find(`${folder}_rels/${part.slice(slash)}.rels`);
    const relationships: Relationship[] = [];
    if (!entry) return relationships;
    await scanPart(this.archive, entry, (tag) => {
      if (tag.isClose || tag.name !== 'Relationship') return;
      if (relationships.length >= RELATIONSHIPS) throw unreadable('too many relationships');
      const type = tag.attribute('Type') ?? '';
      const isExternal = tag.attribute('TargetMode')?.toLowerCase() === 'external';
      relationships.push({
        id: tag.attribute('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1).toLowerCase(),
        target: isExternal ? undefined : this.targetName(tag.attribute('Target') ?? '', folder),
      });
    });
    return relationships;
  }

  private targetName(target: string, folder: string): string {
    const path = unescapePath(target.replaceAll('\\', '/'));
    const relative = resolvePath(path.startsWith('/') ? path : folder + path);
    if (this.find(relative)) return relative;
    // Some writers name the target from the root without saying so.
    const fromRoot = resolvePath(path);
    return this.find(fromRoot) ? fromRoot : relative;
  }
}

function keyOf(name: string): string {
  return resolvePath(name.replaceAll('\\', '/')).toLowerCase();
}

function resolvePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function unescapePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
