/** Of an account of 100,000 contacts in the sandbox. */
type SandboxFigures = { rssMb: number; batchReadP95Ms: number };

const MOST_MB = 500;
const MOST_READ_MS = 20;

/** What is promised of it and was not kept. A figure that could not be taken keeps nothing. */
export function brokenPromises({ rssMb, batchReadP95Ms }: SandboxFigures): string[] {
  const broken: string[] = [];
  if (!(rssMb < MOST_MB)) broken.push(`${rssMb} MB of memory, less than ${MOST_MB} are promised`);
  if (!(batchReadP95Ms < MOST_READ_MS))
    broken.push(
      `one batch read of twenty took ${batchReadP95Ms} ms or more, less than ${MOST_READ_MS} are promised (a busy machine may miss that)`,
    );
  return broken;
}
