import { z } from "zod";
import { locales } from "@/lib/locales";
import { hashPassword } from "@/lib/password";
import type { Deps } from "@/services/context";
import { createPerson } from "./create-person";
import { insertWorkspace } from "./create-workspace";
import { EmailInput, NewPassword, PersonName, WorkspaceName } from "./inputs";
import { limitAttempts } from "./limit-attempts";

const Input = z.object({
  name: PersonName,
  email: EmailInput,
  password: NewPassword,
  workspaceName: WorkspaceName,
  locale: z.enum(locales).optional(),
  address: z.string(),
});

/** A new person with a workspace of their own. */
export async function signUp({
  deps,
  input,
}: {
  deps: Deps;
  input: z.input<typeof Input>;
}): Promise<{ userId: string; workspaceId: string }> {
  const { workspaceName, password, address, ...person } = Input.parse(input);
  await limitAttempts(deps.db, [{ kind: "sign-up-address", value: address, limit: 60 }]);
  const passwordHash = await hashPassword(password);
  return deps.db.transaction(async (tx) => {
    const created = await createPerson(tx, { ...person, passwordHash });
    const { workspaceId } = await insertWorkspace(tx, created, workspaceName);
    return { userId: created.id, workspaceId };
  });
}
