// Edits go on, on both sides, while the web process, the runner and Postgres are killed without warning.
// Whoever edits tries again what was refused; nobody repairs anything by hand.
import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { environmentOf } from "../support/product-environment";
import { type Product, startProduct } from "../support/start-product";

const pairs = 50;
const editsEachSide = 250;
const patienceMs = 300_000;

let editsDone = 0;
let product: Product;
let integration: LaunchedIntegration;
beforeAll(async () => {
  product = await startProduct();
  integration = await launchIntegrationIn(environmentOf(product));
});
afterAll(async () => {
  await integration?.close();
  await product?.stop();
});

it("agrees on every field, with nothing twice, after kill -9 of web, runner and Postgres in the middle of 500 edits", async () => {
  const linked = await linkPairs();
  const contactsBefore = await countContacts();

  const editing = Promise.all([
    eachEdit((n) => integration.editProspect(linked[n % pairs]?.prospectId ?? "", "job_title", `title ${n}`)),
    eachEdit((n) => editContact(linked[n % pairs]?.contactId ?? "", { city: `city ${n}` })),
  ]);
  for (const [part, edits] of [
    ["web", 100],
    ["runner", 220],
    ["postgres", 340],
  ] as const) {
    await until(async () => editsDone >= edits);
    product.kill(part);
  }
  await editing;

  await until(async () => (await differing(linked)).length === 0);
  // The first reads of a pool may still meet connections of the Postgres that was killed.
  const read = await untilDone(() =>
    Promise.all(linked.map(({ prospectId }) => integration.prospect(prospectId))),
  );
  const titles = read.map((prospect) => prospect?.jobTitle);
  expect(titles).toEqual(linked.map((_, i) => `title ${editsEachSide - pairs + i}`));
  expect(await countContacts()).toBe(contactsBefore);
  expect(await integration.db.$count(prospects, eq(prospects.workspaceId, integration.ctx.workspaceId))).toBe(
    pairs,
  );
  expect(await integration.links()).toHaveLength(pairs);
});

type Linked = { prospectId: string; contactId: string };

async function linkPairs(): Promise<Linked[]> {
  for (let i = 0; i < pairs; i += 1)
    await integration.addContact({
      email: `pair-${i}@recovery.example`,
      firstname: `Pair ${i}`,
      jobtitle: "start",
      city: "start",
    });
  await until(async () => (await integration.links()).length === pairs);
  return (await integration.links()).map(({ prospectId, contactId }) => ({ prospectId, contactId }));
}

async function eachEdit(edit: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < editsEachSide; n += 1) {
    await untilDone(() => edit(n));
    editsDone += 1;
  }
}

async function editContact(id: string, properties: Record<string, string>): Promise<void> {
  const { status } = await integration.editContact(id, properties);
  if (status >= 400) throw new Error(`the sandbox answered ${status}`);
}

async function differing(linked: Linked[]): Promise<string[]> {
  const apart: string[] = [];
  for (const { prospectId, contactId } of linked) {
    const [prospect, contact] = await Promise.all([
      integration.prospect(prospectId),
      integration.contact(contactId),
    ]);
    const { jobtitle, city } = contact.properties;
    if (prospect?.jobTitle !== jobtitle || prospect?.city !== city) apart.push(prospectId);
  }
  return apart;
}

async function countContacts(): Promise<number> {
  const { body } = await integration.sandbox.control<{ total: number }>(
    "GET",
    "/accounts/24000001/contacts?query=recovery.example&limit=1",
  );
  return body.total;
}

/** A person whose edit was refused tries again. */
async function untilDone<T>(act: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;)
    try {
      return await act();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(200);
    }
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await done().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`not reached within ${patienceMs} ms`);
    await wait(20);
  }
}
