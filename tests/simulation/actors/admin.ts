import { answerFuse } from "@/services/integrations/answer-fuse";
import type { FuseAnswer } from "@/sync/fuse-answers";
import { clock } from "../machine/clock";
import { inProcess, newProcess } from "../machine/process";
import { connect } from "../prepare";
import { count, tell, type World } from "../world";

/** A refresh that HubSpot refuses ends the connection: the integration is broken until somebody connects again. */
export async function reconnect(world: World): Promise<void> {
  const { ctx, database, integrationId } = world;
  const [row] = await database.raw("select 1 from integrations where id = $1 and state = 'broken'", [
    integrationId,
  ]);
  if (!row) return;
  tell(world, "ana", "connects the account again");
  count(world.counts.visited, "reconnect");
  await inProcess(newProcess("ana"), () => connect(world, ctx.workspaceId));
  await database.raw(
    `update integrations set state = coalesce(state_before_broken, 'active'), state_before_broken = null
     where id = $1 and state = 'broken'`,
    [integrationId],
  );
}

/**
 * Where a fuse has stopped the integration, somebody says what becomes of the changes before which it did:
 * what is `given`, or either by chance.
 */
export async function answerAFuse(world: World, given?: FuseAnswer["answer"]): Promise<void> {
  const { ctx, database, integrationId, random } = world;
  const [row] = await database.raw(
    "select fuse_stop->>'kind' as kind, fuse_stop->'samples' as samples from integrations where id = $1",
    [integrationId],
  );
  if (!row?.kind) return;
  const samples = typeof row.samples === "string" ? JSON.parse(row.samples) : row.samples;
  const answer = given ?? (random.chance(0.6) ? "continue" : "discard");
  clock.pass(1);
  world.fuseReplies.push({ at: clock.now ?? 0, kind: String(row.kind), answer, samples });
  tell(world, "ana", `answers the fuse ${row.kind}: ${answer}`);
  count(world.counts.visited, `fuse:${row.kind}:${answer}`);
  await inProcess(newProcess("ana"), () => answerFuse({ ctx, input: { integrationId, answer } }));
  clock.pass(1);
}
