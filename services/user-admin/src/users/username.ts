/** Characters of a username at most. */
export const USERNAME_LIMIT = 50;

/**
 * The `n`-th name to try for an account without one, from 1: the local part of the e-mail, then numbered from 2 on.
 * Never longer than {@link USERNAME_LIMIT} code points.
 */
export function usernameCandidate(email: string, n: number): string {
  const local = [...email.slice(0, email.lastIndexOf('@'))];
  const number = n === 1 ? '' : String(n);
  return local.slice(0, USERNAME_LIMIT - number.length).join('') + number;
}

/** Candidates `from` to `from + count - 1`. */
export function usernameCandidates(email: string, from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => usernameCandidate(email, from + index));
}
