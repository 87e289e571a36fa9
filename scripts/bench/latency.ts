import { setTimeout as wait } from "node:timers/promises";
import { type LaunchedIntegration, launchIntegrationIn } from "@/tests/support/launched-integration";
import { environmentOf } from "@/tests/support/product-environment";
import { startProduct } from "@/tests/support/start-product";
import { percentile } from "../percentile";

/**
 * From an edit on one side to the same value on the other, in the sandbox, on an idle product.
 * Edits follow one another; each is timed on its own. Last line: milliseconds as JSON.
 */
export async function main(args: string[]): Promise<void> {
  const edits = Number(args[args.indexOf("--edits") + 1]) || 200;
  const product = await startProduct();
  try {
    const integration = await launchIntegrationIn(environmentOf(product));
    const pair = await linkedPair(integration);
    const toHubspot = await measure(edits, (value) => toHubspotOnce(integration, pair, value));
    const toSnov = await measure(edits, (value) => toSnovOnce(integration, pair, value));
    await integration.close();
    console.log(JSON.stringify({ toHubspot, toSnov }));
  } finally {
    await product.stop();
  }
}

type Pair = { prospectId: string; contactId: string };

async function linkedPair(integration: LaunchedIntegration): Promise<Pair> {
  const contactId = await integration.addContact({
    email: "latency@example.org",
    firstname: "Lena",
    jobtitle: "start",
  });
  for (;;) {
    const link = (await integration.links()).find((row) => row.contactId === contactId);
    if (link) return { prospectId: link.prospectId, contactId };
    await wait(50);
  }
}

async function toHubspotOnce(
  integration: LaunchedIntegration,
  { prospectId, contactId }: Pair,
  value: string,
): Promise<void> {
  await integration.editProspect(prospectId, "job_title", value);
  await until(async () => (await integration.contact(contactId)).properties.jobtitle === value);
}

async function toSnovOnce(
  integration: LaunchedIntegration,
  { prospectId, contactId }: Pair,
  value: string,
): Promise<void> {
  await integration.editContact(contactId, { city: value });
  await until(async () => (await integration.prospect(prospectId))?.city === value);
}

async function measure(
  edits: number,
  edit: (value: string) => Promise<void>,
): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  for (let i = 0; i < edits; i += 1) {
    const begun = performance.now();
    await edit(`value ${i}`);
    taken.push(performance.now() - begun);
    await wait(400);
  }
  return { p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 70_000;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error("the edit did not arrive within 70 s");
    await wait(5);
  }
}
