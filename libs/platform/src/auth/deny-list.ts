import type { Id, Revocation } from '@muster/contracts';
import type { Claims } from './token-verifier.js';

/** Access tokens that have been ended before they expire. */
export class DenyList {
  private readonly entries = new Map<string, Revocation[]>();

  constructor(revocations: readonly Revocation[] = []) {
    this.add(revocations);
  }

  add(revocations: readonly Revocation[]): void {
    for (const revocation of revocations) {
      const subject = subjectOf(revocation.kind, revocation.id);
      const known = this.entries.get(subject);
      if (known) known.push(revocation);
      else this.entries.set(subject, [revocation]);
    }
  }

  has(claims: Claims): boolean {
    const { sub, ver } = claims;
    if (claims.typ !== 'user') return this.ends(subjectOf('key', sub), ver);
    const { sid } = claims;
    return (
      (sid !== undefined && this.ends(subjectOf('session', sid), ver)) || this.ends(subjectOf('user', sub), ver, sid)
    );
  }

  private ends(subject: string, version: number, session?: Id): boolean {
    const found = this.entries.get(subject) ?? [];
    return found.some(
      ({ minVersion, exceptSession }) =>
        (minVersion === null || version < minVersion) && (exceptSession === null || exceptSession !== session),
    );
  }
}

function subjectOf(kind: Revocation['kind'], id: Id): string {
  return `${kind}:${id}`;
}
