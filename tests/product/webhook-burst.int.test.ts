import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { changeNotices, pendingRecords } from "@/db/schema/sync";
import { ACCOUNT } from "../sandbox/test-sandbox";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { type Product, startProduct } from "../support/start-product";
import { untilTrue } from "../support/until-true";
import { sendBurst } from "../support/webhook-burst";

let product: Product;
let integration: LaunchedIntegration;
beforeAll(async () => {
  product = await startProduct({ sampleData: false });
  integration = await launchIntegrationIn(product.environment);
});
afterAll(async () => {
  await integration?.close();
  await product?.stop();
});

// Verifies: R-72. How fast it answers is the bench's to tell: npm run bench -- webhooks
it("stores every one of a thousand events within ten seconds, and works all of them off", async () => {
  const { contactIds, statuses } = await sendBurst({
    appUrl: product.appUrl,
    clientSecret: product.environment.HUBSPOT_CLIENT_SECRET ?? "",
    accountId: ACCOUNT,
    posts: Array.from({ length: 5 }, () => [...Array(10).fill(10), 100]).flat(),
    overMs: 10_000,
  });
  expect(new Set(statuses)).toEqual(new Set([200]));
  const stored = await integration.db
    .select({ recordId: changeNotices.recordId })
    .from(changeNotices)
    .where(inArray(changeNotices.recordId, contactIds));
  expect(stored.map(({ recordId }) => recordId).sort()).toEqual([...contactIds].sort());
  await untilTrue(
    async () =>
      (await integration.db.$count(pendingRecords, inArray(pendingRecords.recordId, contactIds))) === 0,
    90_000,
  );
});
