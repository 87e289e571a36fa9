import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { prospectLists } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import { members, users } from "@/db/schema/workspaces";
import { syncRequested } from "@/inngest/events";
import { finishConnect } from "@/services/connections/finish-connect";
import { startConnect } from "@/services/connections/start-connect";
import type { Ctx } from "@/services/context";
import { launchIntegration } from "@/services/integrations/launch-integration";
import { saveDataSettings } from "@/services/integrations/save-data-settings";
import { editProspect } from "@/services/prospects/edit-prospect";
import { signUp } from "@/services/workspaces/sign-up";
import { ACCOUNT, type ContactBody, clientOf } from "../sandbox/test-sandbox";

/** What `npm start` gave its parts. */
export type ProductEnvironment = Record<string, string>;

/**
 * Signs a new workspace up in a running product, connects its sandbox account and launches. The edits go through
 * the product's verbs and the sandbox's own interface; everything else happens in the product's processes.
 */
export async function launchIntegrationIn(
  environment: ProductEnvironment,
  { account = ACCOUNT }: { account?: number } = {},
) {
  Object.assign(process.env, environment);
  const { inngest } = await import("@/inngest/client");
  const { db, close } = openDatabase(environment.DATABASE_URL ?? "", { max: 4 });
  const sandbox = clientOf(environment.SANDBOX_URL ?? "");
  const wake = async (ids: string[]) => {
    // The product may be down at this moment: its sweep finds what was not told.
    await inngest.send(ids.map((integrationId) => syncRequested.create({ integrationId }))).catch(() => {});
  };
  const { ctx, signIn } = await newWorkspace({ db, wake });
  const { url } = await startConnect({ ctx, input: {} });
  const { integrationId } = await finishConnect({ ctx, input: await consent(url, account) });
  const [list] = await db
    .insert(prospectLists)
    .values({ workspaceId: ctx.workspaceId, name: "From HubSpot" })
    .returning();
  if (!list) throw new Error("the list was not returned");
  await saveDataSettings({ ctx, input: { integrationId, receivingListId: list.id } });
  await launchIntegration({ ctx, input: { integrationId } });

  const contacts = `/accounts/${account}/contacts`;
  return {
    db,
    ctx,
    /** With what the owner signs in. */
    signIn,
    sandbox,
    integrationId,
    listId: list.id,
    addContact: async (properties: Record<string, string>) => {
      const { status, body } = await sandbox.control<ContactBody>("POST", contacts, { properties });
      if (status !== 201) throw new Error(`the sandbox answered ${status}`);
      return body.id;
    },
    editContact: (id: string, properties: Record<string, string>) =>
      sandbox.control("PATCH", `${contacts}/${id}`, { properties }),
    contact: async (id: string) => (await sandbox.control<ContactBody>("GET", `${contacts}/${id}`)).body,
    editProspect: async (id: string, field: string, value: string) => {
      const [row] = await db.query.prospects.findMany({ where: (p) => eq(p.id, id) });
      const seen = field === "city" ? (row?.city ?? null) : (row?.jobTitle ?? null);
      await editProspect({
        ctx,
        input: { id, version: row?.version ?? 1, changes: [{ field, seen, value }] },
      });
    },
    prospect: async (id: string) => (await db.query.prospects.findMany({ where: (p) => eq(p.id, id) }))[0],
    links: () =>
      db
        .select()
        .from(recordLinks)
        .where(eq(recordLinks.integrationId, integrationId))
        .orderBy(recordLinks.prospectId),
    close,
  };
}
export type LaunchedIntegration = Awaited<ReturnType<typeof launchIntegrationIn>>;

export async function newWorkspace(
  deps: Pick<Ctx, "db" | "wake">,
): Promise<{ ctx: Ctx; signIn: { email: string; password: string } }> {
  const signIn = { email: `${randomUUID()}@example.org`, password: randomUUID() };
  const input = {
    ...signIn,
    name: "Rita",
    workspaceName: "Sales",
    address: "127.0.0.1",
  };
  const { userId, workspaceId } = await signUp({ deps, input });
  const [member] = await deps.db
    .select({ role: members.role, userName: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.userId, userId));
  if (!member) throw new Error("signing up made no member");
  return { ctx: { ...deps, ...member, userId, workspaceId }, signIn };
}

/** Clicks through the sandbox's pages; gives what is appended to the callback's address. */
export async function consent(authorizeUrl: string, account: number): Promise<Record<string, string>> {
  const url = new URL(authorizeUrl);
  url.searchParams.set("decision", "connect");
  const response = await fetch(`${url.origin}/oauth/${account}/authorize`, {
    method: "POST",
    body: url.searchParams,
    redirect: "manual",
  });
  const location = response.headers.get("location");
  if (!location) throw new Error(`the sandbox did not redirect: ${response.status}`);
  return Object.fromEntries(new URL(location).searchParams);
}
