/** The few lines people see. Secrets and personal data never pass here. */
export const terminal = {
  line: (text = "") => process.stdout.write(`${text}\n`),
  problem: (text: string) => process.stderr.write(`  ${text}\n`),
};

/** Runs one step of the start and says how long it took. */
export async function step<T>(name: string, act: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await act();
  terminal.line(`  ${name.padEnd(34)} ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}
