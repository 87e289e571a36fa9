import type { Account } from "../account/account";
import type { Sandbox } from "../sandbox";

/** The app leaves the account: its tokens end, and what was to be pushed is forgotten. */
export function uninstall(sandbox: Sandbox, { portalId, info }: Account): void {
  if (sandbox.grants.installed(portalId)) sandbox.journal.lifecycle("uninstall", portalId, info.user.id);
  sandbox.grants.uninstall(portalId);
  sandbox.outbox.forget(portalId);
}
