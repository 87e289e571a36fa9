/** The lines that are among these more often than among those, each as many times too often as it is. */
export function moreOften(these: string[], those: string[]): string[] {
  const left = [...those];
  return these.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
