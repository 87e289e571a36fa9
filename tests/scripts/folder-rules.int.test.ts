// The folder table of the design, stated as snippets that the linter must refuse or let pass.
// Verifies nothing about running code: it keeps the rules themselves from being loosened by mistake.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

const refused = [
  ["sync/plan.ts", "@/db/client"],
  ["sync/plan.ts", "@/lib/env"],
  ["sync/deep/plan.ts", "../../connectors/hubspot/port"],
  ["connectors/hubspot/x.ts", "@/services/context"],
  ["connectors/hubspot/x.ts", "../../services/context"],
  ["connectors/hubspot/x.ts", "@/app/server/deps"],
  ["db/queries/x.ts", "@/services/context"],
  ["db/queries/x.ts", "../../connectors/hubspot/port"],
  ["services/sync/x.ts", "@/inngest/client"],
  ["services/sync/x.ts", "@/app/server/deps"],
  ["services/sync/x.ts", "../../components/ui/x"],
  ["inngest/functions/x.ts", "@/db/client"],
  ["inngest/functions/x.ts", "@/connectors/hubspot/port"],
  ["inngest/functions/x.ts", "../runner/claim"],
  ["inngest/runner/x.ts", "@/services/context"],
  ["inngest/runner/x.ts", "@/db/queries/lists"],
  ["app/(app)/lists/page.tsx", "@/db/client"],
  ["app/(app)/lists/page.tsx", "@/db/schema/prospects"],
  ["app/(app)/lists/page.tsx", "../../../db/client"],
  ["app/(app)/lists/page.tsx", "@/connectors/hubspot/port"],
  ["app/(app)/lists/page.tsx", "@/inngest/client"],
  ["app/(app)/lists/page.tsx", "@/sync/plan"],
  ["app/server/deps.ts", "@/inngest/runner/claim"],
  ["app/server/deps.ts", "@/connectors/hubspot/port"],
  ["app/api/inngest/route.ts", "@/inngest/runner/claim"],
  ["components/ui/x.tsx", "@/db/client"],
  ["components/ui/x.tsx", "@/app/server/deps"],
  ["components/ui/x.tsx", "@/connectors/hubspot/port"],
  ["sandbox/hubspot/x.ts", "@/lib/env"],
  ["sandbox/hubspot/x.ts", "@/connectors/hubspot/port"],
  ["sandbox/hubspot/x.ts", "../../sync/value"],
  ["lib/x.ts", "@/db/client"],
  ["lib/x.ts", "@/services/context"],
  ["lib/x.ts", "@/scripts/supervisor/poll"],
  ["services/sync/x.ts", "@/tests/support/test-database"],
] as const;

const allowed = [
  ["connectors/hubspot/x.ts", "@/sync/value"],
  ["services/sync/x.ts", "@/db/queries/lists"],
  ["inngest/functions/x.ts", "@/services/sync/claim"],
  ["inngest/runner/x.ts", "@/db/client"],
  ["app/(app)/lists/page.tsx", "@/db/queries/lists"],
  ["app/server/deps.ts", "@/db/client"],
  ["app/api/inngest/route.ts", "@/inngest/functions/all"],
  ["components/ui/x.tsx", "@/lib/locales"],
  ["scripts/x.ts", "@/db/migrate"],
  ["tests/x.test.ts", "@/app/server/deps"],
] as const;

let said: string;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "folder-rules-"));
  cpSync(join(root, "biome.json"), join(folder, "biome.json"));
  for (const [at, [file, imported]] of [...refused, ...allowed].entries()) {
    const path = join(folder, snippetName(file, at));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `import { x } from "${imported}";\nx();\n`);
  }
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = [
    biome,
    "lint",
    "--only=style/noRestrictedImports",
    "--reporter=json",
    "--max-diagnostics=none",
  ];
  said = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).stdout;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the linter", () => {
  it.each(refused.map((pair, at) => [...pair, at] as const))("refuses that %s imports %s", (file, _, at) => {
    expect(said).toContain(snippetName(file, at));
  });

  it.each(allowed.map((pair, at) => [...pair, at + refused.length] as const))(
    "lets %s import %s",
    (file, _, at) => {
      expect(said).toContain("noRestrictedImports");
      expect(said).not.toContain(snippetName(file, at));
    },
  );
});

function snippetName(file: string, at: number): string {
  return file.replace(/(\.test)?\.tsx?$/, (ending) => `-snippet-${at}${ending}`);
}
