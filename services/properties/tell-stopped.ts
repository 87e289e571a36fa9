import type { Tx } from "@/db/client";
import type { StoppedExtra } from "@/db/queries/stopped-extras";
import type { integrations, StoppedReason } from "@/db/schema/integrations";
import { recordActivities } from "@/services/activities/record-activity";

/** What writes to a property stops, or goes on where `after` is null. */
export type StopOrResume = {
  integration: Pick<typeof integrations.$inferSelect, "id" | "workspaceId" | "state">;
  what: "mapping" | StoppedExtra["kind"];
  field: string;
  label: string;
  before: StoppedReason | null;
  after: StoppedReason | null;
};

/** Tells of what stopped or went on by itself. Returns the integrations that have work to catch up with. */
export async function tellStopped(tx: Tx, changes: StopOrResume[]): Promise<string[]> {
  await recordActivities(
    tx,
    changes.map(({ integration, what, field, label, before, after }) => ({
      workspaceId: integration.workspaceId,
      integrationId: integration.id,
      kind: `${what}/${after ? "stopped" : "resumed"}`,
      recordName: label,
      changes: [{ field, label, before, after }],
      cause: { kind: "system" },
    })),
  );
  const resumed = changes.filter(({ integration, after }) => !after && integration.state !== "draft");
  return [...new Set(resumed.map(({ integration }) => integration.id))];
}
