import { eq } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { members, users } from "@/db/schema/workspaces";
import type { Ctx } from "@/services/context";
import { createList } from "@/services/prospects/create-list";
import { type CreateProspect, createProspect } from "@/services/prospects/create-prospect";
import { type ContactBody, clientOf } from "../../sandbox/test-sandbox";

export type TransferWorld = Awaited<ReturnType<typeof openTransferWorld>>;
type Owner = { person: string; account: number; run: string };
/** More than are under way at one moment, so that a pause or a cancellation leaves some undone. */
const partners = 1200;

/** The workspace of a person who has signed up in the product, and the HubSpot account it is going to connect. */
export async function openTransferWorld({ person, account, run }: Owner) {
  const environment = JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}");
  const { db, close } = openDatabase(environment.DATABASE_URL ?? "", { max: 8 });
  const sandbox = clientOf(environment.SANDBOX_URL ?? "");
  const [member] = await db
    .select({ userId: users.id, userName: users.name, workspaceId: members.workspaceId, role: members.role })
    .from(users)
    .innerJoin(members, eq(members.userId, users.id))
    .where(eq(users.name, person));
  if (!member) throw new Error("nobody has signed up by this name");
  const ctx: Ctx = { db, wake: async () => {}, ...member };
  const contacts = `/accounts/${account}/contacts`;
  const addressOf = (first: string) => `${first.toLowerCase()}@${run}.example`;

  async function addProspect(
    first: string,
    last: string,
    more: CreateProspect["values"] = {},
    listIds: string[] = [],
  ) {
    const values = { first_name: first, last_name: last, emails: [addressOf(first)], ...more };
    await createProspect({ ctx, input: { values, listIds } });
  }
  const addContact = (first: string, last: string, more: Record<string, string> = {}) =>
    sandbox.control("POST", contacts, {
      properties: { email: addressOf(first), firstname: first, lastname: last, ...more },
    });

  return {
    db,
    workspaceId: member.workspaceId,
    partners,
    /** One record of every kind that a preview tells apart, and a list of many. */
    furnish: async () => {
      const { id } = await createList({ ctx, input: { name: "Partners" } });
      const names = Array.from({ length: partners }, (_, at) => `Partner${String(at + 1).padStart(4, "0")}`);
      await Promise.all(names.map((name) => addProspect(name, "Listed", {}, [id])));
      await addProspect("Ada", "Disputed", { job_title: "Countess" });
      await addContact("Ada", "Disputed", { jobtitle: "Mathematician" });
      await addProspect("Bea", "Updated", { job_title: "Buyer" });
      await addContact("Bea", "Updated", { city: "Porto", company: "Douro Wines" });
      await addProspect("Cleo", "Equal", { job_title: "Lead" });
      await addContact("Cleo", "Equal", { jobtitle: "Lead" });
      await addProspect("Dan", "Nomail", { emails: [] });
      await addProspect("Fay", "Failing", { emails: [`fay@${run}-.com`] });
      await addContact("Gil", "Incoming");
    },
    integrationId: async () => {
      const integration = await db.query.integrations.findFirst({
        where: eq(integrations.workspaceId, member.workspaceId),
      });
      return integration?.id ?? "";
    },
    /** Makes HubSpot answer later by so much. */
    slow: (latencyMs: number) => sandbox.control("PUT", "/faults", latencyMs ? { latencyMs } : {}),
    contactsWith: async (email: string) => {
      const path = `${contacts}?query=${encodeURIComponent(email)}&limit=5`;
      return (await sandbox.control<{ total: number }>("GET", path)).body.total;
    },
    jobTitleOf: async (first: string) => {
      const path = `${contacts}?query=${encodeURIComponent(addressOf(first))}&limit=1`;
      const { body } = await sandbox.control<{ results: ContactBody[] }>("GET", path);
      return body.results[0]?.properties.jobtitle;
    },
    close,
  };
}
