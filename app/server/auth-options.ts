import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import { ServiceError } from "@/services/service-error";
import { signIn } from "@/services/workspaces/sign-in";
import { signInWithOidc } from "@/services/workspaces/sign-in-with-oidc";
import { clientAddress } from "./client-address";
import { deps } from "./deps";

declare module "next-auth" {
  interface Session {
    userId: string;
    sessionVersion: number;
  }
  interface User {
    sessionVersion?: number;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    userId?: string;
    sessionVersion?: number;
  }
}

const OidcProfile = z.object({
  iss: z.string(),
  sub: z.string(),
  email: z.email().optional(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
});
type OidcProfile = z.infer<typeof OidcProfile>;

let options: NextAuthOptions | undefined;

export function authOptions(): NextAuthOptions {
  options ??= buildOptions();
  return options;
}

/** The provider's name on the sign-in page, if single sign-on is set up. */
export function oidcName(): string | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  return OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET ? OIDC_NAME : null;
}

function buildOptions(): NextAuthOptions {
  process.env.NEXTAUTH_URL = env().APP_URL;
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: 30 * 24 * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: oidcName() ? [credentials(), oidc()] : [credentials()],
    logger: {
      error: (code, metadata) => log.error("auth/failed", { code, ...errorFields(metadata) }),
      warn: (code) => log.warn("auth/warned", { code }),
      debug: () => {},
    },
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== "oidc") return true;
        try {
          const input = OidcProfile.parse(profile);
          const person = await signInWithOidc({ deps: deps(), input });
          user.id = person.id;
          user.sessionVersion = person.sessionVersion;
          return true;
        } catch (error) {
          if (error instanceof ServiceError) return `/sign-in?error=${error.details.reason ?? error.code}`;
          throw error;
        }
      },
      jwt({ token, user }) {
        if (user)
          return { ...token, userId: user.id, sessionVersion: user.sessionVersion, picture: undefined };
        return token;
      },
      session({ session, token }) {
        return { ...session, userId: token.userId ?? "", sessionVersion: token.sessionVersion ?? 0 };
      },
    },
  };
}

function credentials() {
  return CredentialsProvider({
    name: "password",
    credentials: { email: {}, password: {} },
    async authorize(input, request) {
      try {
        return await signIn({
          deps: deps(),
          input: {
            email: input?.email ?? "",
            password: input?.password ?? "",
            address: clientAddress(request.headers),
          },
        });
      } catch (error) {
        // next-auth hands the page nothing but a thrown error's message.
        if (error instanceof ServiceError) throw new Error(signInFault(error));
        throw error;
      }
    },
  });
}

function signInFault({ code, details }: ServiceError): string {
  return JSON.stringify({ code, reason: details.reason, values: details.values });
}

function oidc(): OAuthConfig<OidcProfile> {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  return {
    id: "oidc",
    name: OIDC_NAME,
    type: "oauth",
    wellKnown: `${OIDC_ISSUER}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    profile: ({ sub, email, name }) => ({ id: sub, email, name }),
  };
}
