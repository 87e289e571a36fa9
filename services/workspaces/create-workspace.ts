import { z } from "zod";
import type { Tx } from "@/db/client";
import { members, workspaces } from "@/db/schema/workspaces";
import { recordActivities } from "@/services/activities/record-activity";
import type { Deps } from "@/services/context";
import type { Person } from "./create-person";
import { WorkspaceName } from "./inputs";

const Input = z.object({ name: WorkspaceName });

/** A further workspace for somebody signed in, who becomes its owner. `person` comes from the session. */
export async function createWorkspace({
  deps,
  person,
  input,
}: {
  deps: Deps;
  person: Pick<Person, "id" | "name">;
  input: z.input<typeof Input>;
}): Promise<{ workspaceId: string }> {
  const { name } = Input.parse(input);
  return deps.db.transaction((tx) => insertWorkspace(tx, person, name));
}

export async function insertWorkspace(
  tx: Tx,
  owner: Pick<Person, "id" | "name">,
  name: string,
): Promise<{ workspaceId: string }> {
  const [workspace] = await tx.insert(workspaces).values({ name }).returning({ id: workspaces.id });
  if (!workspace) throw new Error("The insert of a workspace returned no row");
  await tx.insert(members).values({ workspaceId: workspace.id, userId: owner.id, role: "owner" });
  await recordActivities(tx, [
    {
      workspaceId: workspace.id,
      kind: "workspace/created",
      recordName: name,
      cause: { kind: "member", userId: owner.id, name: owner.name },
    },
  ]);
  return { workspaceId: workspace.id };
}
