import { prepareDataDir } from "./data-dir";
import { becomeOnlyStart } from "./only-start";
import { parseOptions } from "./options";
import { startProduct } from "./start-product";
import { createStopper } from "./stopper";
import { terminal } from "./terminal";

/** `npm start` and `npm run dev`: prepares everything, starts the parts and keeps them running until it is asked to stop. */
export async function main(args: string[]): Promise<void> {
  const options = parseOptions(args);
  const dir = prepareDataDir(options.dataDir);
  const lock = await becomeOnlyStart(dir);
  const stopper = createStopper(lock);
  try {
    await startProduct({ options, dir, lock, stopper });
  } catch (error) {
    // Parts that are being stopped fail the step that waited for them.
    if (stopper.asked()) return;
    await stopper.stopParts();
    lock.release();
    throw error;
  }
  terminal.line("  Ctrl-C stops everything.");
}
