import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/app/server/auth-options";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Built at the first request: a build has no environment. */
const handle = (request: NextRequest, context: RouteContext) => NextAuth(authOptions())(request, context);

export { handle as GET, handle as POST };
