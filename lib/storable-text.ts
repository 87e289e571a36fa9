/** What the database can keep of a text: it takes no NUL, and no half of a character. Every other text is returned as it is. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}
