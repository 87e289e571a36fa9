import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { conflicts } from "@/db/schema/conflicts";
import { fieldMappings } from "@/db/schema/integrations";
import { notices } from "@/db/schema/notices";
import { runItems, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import type { Role } from "@/db/schema/workspaces";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { createList } from "@/services/prospects/create-list";
import { createProspect } from "@/services/prospects/create-prospect";
import { trashList } from "@/services/prospects/trash-list";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { noPreview } from "@/services/transfers/preview-counts";
import { signUpByInvitation } from "@/services/workspaces/accept-invitation";
import { inviteMember } from "@/services/workspaces/invite-member";
import { launchIntegrationIn, type ProductEnvironment } from "./launched-integration";

export type FurnishedWorkspace = Awaited<ReturnType<typeof furnishWorkspace>>;
export type Ids = FurnishedWorkspace["ids"];

/** A workspace of a running product with one of everything that has an id. `secret` is in the name of each. */
export async function furnishWorkspace(environment: ProductEnvironment, account: number) {
  const integration = await launchIntegrationIn(environment, { account });
  const { ctx, db } = integration;
  const secret = `secret${randomUUID().slice(0, 8)}`;
  const prospect = async (name: string) => {
    const values = { first_name: name, last_name: secret, emails: [`${name}@${secret}.example`] };
    return (await createProspect({ ctx, input: { values, listIds: [] } })).id;
  };
  const list = async (name: string) => (await createList({ ctx, input: { name: `${name} ${secret}` } })).id;
  const join = async (role: Role) => {
    const email = `${role}@${secret}.example`;
    const password = randomUUID();
    const { token } = await inviteMember({ ctx, input: { email, role } });
    const input = { token, name: `${role} ${secret}`, password, address: "127.0.0.1" };
    const joined = await signUpByInvitation({ deps: ctx, input });
    return { ...joined, email, password };
  };

  const field = await createCustomField({ ctx, input: { name: `Field ${secret}`, type: "text" } });
  const mappings = await db
    .select()
    .from(fieldMappings)
    .where(eq(fieldMappings.integrationId, integration.integrationId));
  const mapping = mappings.find(({ snovField }) => snovField === "city");
  if (!mapping) throw new Error("the default mapping of the city is missing");
  const member = await join("member");
  const { invitationId, token } = await inviteMember({
    ctx,
    input: { email: `invited@${secret}.example`, role: "member" },
  });
  const [trashedProspect, trashedList] = [await prospect("Trashed"), await list("Trashed")];
  await trashProspects({ ctx, input: { ids: [trashedProspect] } });
  await trashList({ ctx, input: { id: trashedList } });

  const liveList = await list("Live");
  const transfer = await endedTransfer(integration, liveList);
  await endedComparison(integration, secret);

  return {
    secret,
    owner: integration.signIn,
    member: { email: member.email, password: member.password },
    ids: {
      workspace: ctx.workspaceId,
      prospect: await prospect("Live"),
      list: liveList,
      trashedProspect,
      trashedList,
      field: field.id,
      integration: integration.integrationId,
      mapping: mapping.id,
      transfer,
      conflict: await openConflict(integration, mapping.id, secret),
      notice: await unreadNotice(integration),
      owner: ctx.userId,
      invitation: invitationId,
      token,
    },
    /** Everything in it that a person can change, to see that nobody has. */
    contents: () => contentsOf(db, ctx.workspaceId),
    close: integration.close,
  };
}

/** Of a record that no page looks at. */
async function openConflict(
  { db, integrationId }: Awaited<ReturnType<typeof launchIntegrationIn>>,
  mappingId: string,
  name: string,
): Promise<string> {
  const [conflict] = await db
    .insert(conflicts)
    .values({
      integrationId,
      side: "snov",
      recordId: randomUUID(),
      mappingId,
      detail: { recordName: name },
      snovValue: "Lisbon",
      hubspotValue: "Porto",
    })
    .returning();
  if (!conflict) throw new Error("the conflict was not returned");
  return conflict.id;
}

async function unreadNotice({
  db,
  ctx: { workspaceId },
  integrationId,
}: Awaited<ReturnType<typeof launchIntegrationIn>>): Promise<string> {
  const [notice] = await db
    .insert(notices)
    .values({ workspaceId, integrationId, kind: "records_failing", params: { count: 1 } })
    .returning();
  if (!notice) throw new Error("the notice was not returned");
  return notice.id;
}

async function endedComparison(
  { db, ctx, integrationId }: Awaited<ReturnType<typeof launchIntegrationIn>>,
  startedByName: string,
): Promise<void> {
  await db.insert(runs).values({
    integrationId,
    kind: "reconcile",
    state: "finished",
    finishedAt: new Date(),
    startedBy: ctx.userId,
    startedByName,
    counts: { compared: 1, equal: 1 },
    reasons: [],
  });
}

/** A transfer of one list, with a record that failed. */
async function endedTransfer(
  { db, integrationId }: Awaited<ReturnType<typeof launchIntegrationIn>>,
  listId: string,
): Promise<string> {
  const [run] = await db
    .insert(runs)
    .values({ integrationId, kind: "transfer", state: "finished", finishedAt: new Date() })
    .returning();
  if (!run) throw new Error("the run was not returned");
  await db.insert(transfers).values({
    runId: run.id,
    fromSnov: true,
    fromHubspot: false,
    prospects: { kind: "lists", ids: [listId] },
    contacts: { kind: "all" },
    preview: { ...noPreview, seen: 1, update: 1 },
    done: { failing: 1 },
    allowedAt: new Date(),
  });
  await db.insert(runItems).values({
    runId: run.id,
    side: "snov",
    recordId: randomUUID(),
    name: "Failed",
    planned: "update",
    outcome: "failing",
  });
  return run.id;
}

async function contentsOf(db: Awaited<ReturnType<typeof launchIntegrationIn>>["db"], workspaceId: string) {
  const rows = (from: string) =>
    db.execute(sql.raw(`select to_jsonb(t) as row from (${from}) t order by to_jsonb(t)::text`));
  const mine = `workspace_id = '${workspaceId}'`;
  return Promise.all([
    rows(`select * from prospects where ${mine}`),
    rows(`select * from prospect_emails where ${mine}`),
    rows(`select * from prospect_lists where ${mine}`),
    rows(`select m.* from list_members m join prospect_lists l on l.id = m.list_id where l.${mine}`),
    rows(`select * from custom_fields where ${mine}`),
    rows(`select * from members where ${mine}`),
    rows(`select * from invitations where ${mine}`),
    rows(`select * from activities where ${mine} and cause->>'kind' = 'member'`),
    rows(`select id, account_id, disconnected_at, broken_reason from connections where ${mine}`),
    rows(
      `select id, state, wizard_step, sync_type, receiving_list_id, status_property, status_value, outgoing_scope,
       incoming_scope, constant_to_hubspot, constant_to_snov, policy, removals, fuses, fuse_stop, fuse_answers, disconnected_at
       from integrations where ${mine}`,
    ),
    rows(
      `select r.id, r.state, r.finished_at, i.outcome from runs r left join run_items i on i.run_id = r.id
       where r.kind = 'transfer' and r.integration_id in (select id from integrations where ${mine})`,
    ),
    rows(`select c.* from conflicts c join integrations i on i.id = c.integration_id where i.${mine}`),
    rows(`select r.* from notice_reads r join notices n on n.id = r.notice_id where n.${mine}`),
    rows(`select m.* from field_mappings m join integrations i on i.id = m.integration_id where i.${mine}`),
  ]);
}
