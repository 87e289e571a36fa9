import { openDatabase } from "@/db/client";
import type { Role } from "@/db/queries/workspaces";
import { members, users } from "@/db/schema/workspaces";
import type { Ctx, Deps } from "@/services/context";
import { insertWorkspace } from "@/services/workspaces/create-workspace";
import { signUp } from "@/services/workspaces/sign-up";
import { createTestDatabase } from "@/tests/support/test-database";

/** A database with helpers that make people and workspaces. */
export async function openWorkspaceWorld() {
  const { url, drop } = await createTestDatabase();
  const { db, close } = openDatabase(url);
  const deps: Deps = { db, wake: async () => {} };
  let count = 0;

  /** A workspace with one owner who has no password, which spares the hashing. */
  async function workspaceOf(name: string): Promise<Ctx> {
    return db.transaction(async (tx) => {
      const person = await insertPerson(tx, name);
      const { workspaceId } = await insertWorkspace(tx, person, `${name}'s workspace`);
      return { ...deps, userId: person.id, userName: name, workspaceId, role: "owner" as const };
    });
  }

  async function memberOf(workspace: Ctx, name: string, role: Role): Promise<Ctx> {
    const person = await insertPerson(db, name);
    await db.insert(members).values({ workspaceId: workspace.workspaceId, userId: person.id, role });
    return { ...deps, userId: person.id, userName: name, workspaceId: workspace.workspaceId, role };
  }

  async function insertPerson(on: Pick<typeof db, "insert">, name: string) {
    count += 1;
    const email = `${name.toLowerCase()}.${count}@example.com`;
    const [person] = await on.insert(users).values({ email, name }).returning();
    if (!person) throw new Error("no person");
    return person;
  }

  const signUpWith = (email: string, password: string) =>
    signUp({ deps, input: { email, password, name: "Ana", workspaceName: "Acme", address: "10.0.0.1" } });

  const end = async () => {
    await close();
    await drop();
  };
  return { db, deps, workspaceOf, memberOf, signUpWith, end };
}
