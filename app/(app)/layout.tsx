import type { ReactNode } from "react";
import { readSignedIn, requirePage } from "@/app/server/context";
import { AppFrame } from "@/components/shell/app-frame";
import { PersonMenu } from "@/components/shell/person-menu";
import { WorkspaceMenu } from "@/components/shell/workspace-menu";
import { EndedNotices } from "@/components/transfers/ended-notices";
import { switchWorkspace } from "./switch-workspace";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const ctx = await requirePage();
  const signedIn = await readSignedIn();
  return (
    <AppFrame
      workspaceMenu={
        <WorkspaceMenu
          workspaces={signedIn?.memberships ?? []}
          currentId={ctx.workspaceId}
          switchTo={switchWorkspace}
        />
      }
      personMenu={<PersonMenu name={ctx.userName} email={signedIn?.user.email ?? ""} />}
    >
      {children}
      <EndedNotices workspaceId={ctx.workspaceId} />
    </AppFrame>
  );
}
