import { cookies } from "next/headers";
import type { NextRequest } from "next/server";
import { requireCtx } from "@/app/server/context";
import { toFailure } from "@/app/server/failure";
import { seeOther } from "@/app/server/see-other";
import { rememberWorkspace } from "@/app/server/workspace-cookie";
import { openNotice } from "@/services/telling/open-notice";

type Context = { params: Promise<{ id: string }> };

/** Where the link of an e-mail begins. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  try {
    const ctx = await requireCtx();
    const { workspaceId, path } = await openNotice({ ctx, input: await params });
    if (workspaceId !== ctx.workspaceId) rememberWorkspace(await cookies(), workspaceId);
    return seeOther(path);
  } catch (error) {
    const { code } = toFailure(error);
    if (code === "signed_out")
      return seeOther(`/sign-in?next=${encodeURIComponent(request.nextUrl.pathname)}`);
    return seeOther("/notices");
  }
}
