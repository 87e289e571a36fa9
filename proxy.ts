import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { getToken } from "next-auth/jwt";
import { env } from "@/lib/env";

const openPages = ["/sign-in", "/sign-up", "/invite"];

/** Gives each page its content security policy and keeps signed-out people on the open pages. Every page still asks `requirePage()`. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  // A server action answers `signed_out` by itself, in words, where a redirect would only break the page.
  const action = request.headers.has("next-action");
  if (!action && !isOpen(pathname) && !(await hasSession(request))) {
    const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
    return NextResponse.redirect(new URL(`/sign-in${next}`, env().APP_URL));
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-requested-path", pathname + search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

export const config = {
  // Route handlers under /api check who calls by themselves: a session, a signature or an OAuth state.
  matcher: ["/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)"],
};

function isOpen(pathname: string): boolean {
  return openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`));
}

async function hasSession(request: NextRequest): Promise<boolean> {
  const secureCookie = env().APP_URL.startsWith("https:");
  return (await getToken({ req: request, secret: env().NEXTAUTH_SECRET, secureCookie })) !== null;
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Mantine writes style attributes, which no nonce can allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self' ${new URL(env().HUBSPOT_APP_URL).origin}`,
    "frame-src 'none'",
    "frame-ancestors 'none'",
    ...(env().APP_URL.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
