import "server-only";
import type { cookies } from "next/headers";
import { env } from "@/lib/env";

export const workspaceCookie = "workspace";

/** The cookie only states a wish: every request checks the membership again. */
export function rememberWorkspace(jar: Awaited<ReturnType<typeof cookies>>, workspaceId: string): void {
  jar.set(workspaceCookie, workspaceId, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().APP_URL.startsWith("https:"),
    maxAge: 365 * 24 * 3600,
    path: "/",
  });
}
