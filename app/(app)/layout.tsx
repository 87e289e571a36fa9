import type { ReactNode } from "react";
import { readSignedIn, requirePage } from "@/app/server/context";
import { Bell } from "@/components/notices/bell";
import { SeenNotices } from "@/components/notices/seen-notices";
import { AppFrame } from "@/components/shell/app-frame";
import { PersonMenu } from "@/components/shell/person-menu";
import { WorkspaceMenu } from "@/components/shell/workspace-menu";
import { EndedNotices } from "@/components/transfers/ended-notices";
import { markReadAction } from "./notices/actions";
import { switchWorkspace } from "./switch-workspace";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const ctx = await requirePage();
  const signedIn = await readSignedIn();
  return (
    <AppFrame
      bell={<Bell workspaceId={ctx.workspaceId} />}
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
      <SeenNotices workspaceId={ctx.workspaceId} markRead={markReadAction} />
      <EndedNotices workspaceId={ctx.workspaceId} />
    </AppFrame>
  );
}
