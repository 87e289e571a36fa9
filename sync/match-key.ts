/** The form of an e-mail address by which unlinked records are paired. */
export function matchKey(email: string): string {
  return email.trim().toLowerCase();
}
