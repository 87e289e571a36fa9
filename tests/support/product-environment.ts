import { join } from "node:path";
import { completeEnvironment } from "@/scripts/supervisor/complete-environment";
import { readOrCreateSecrets } from "@/scripts/supervisor/secrets";
import type { Product } from "./start-product";

/** What a running product gave its parts, for verbs that a test or a bench calls beside them. */
export function environmentOf(product: Product): Record<string, string> {
  const { secrets } = readOrCreateSecrets(join(product.dataDir, "secrets.json"), true);
  const port = (url: string) => Number(new URL(url).port);
  const ports = {
    app: port(product.appUrl),
    sandbox: port(product.sandboxUrl),
    runner: port(product.runnerUrl),
    database: port(product.databaseUrl),
  };
  return completeEnvironment({ DATABASE_URL: product.databaseUrl }, ports, secrets);
}
