import { randomUUID } from "node:crypto";
import { signUpByInvitation } from "@/services/workspaces/accept-invitation";
import { inviteMember } from "@/services/workspaces/invite-member";
import type { LaunchedIntegration } from "../../support/launched-integration";
import type { SignIn } from "./person";

/** Another member of the workspace, with an account and a password of their own. */
export async function addColleague({ ctx }: LaunchedIntegration, name: string): Promise<SignIn> {
  const email = `${randomUUID()}@example.org`;
  const password = randomUUID();
  const { token } = await inviteMember({ ctx, input: { email, role: "member" } });
  await signUpByInvitation({ deps: ctx, input: { token, name, password, address: "127.0.0.1" } });
  return { email, password };
}
