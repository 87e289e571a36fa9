import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { areas, type Description, deviations, gateway, pages } from "./deviations";
import type { Exchange } from "./exchange";

export type Contract = {
  /** `GET /crm/lists/2026-03/{listId}`, or undefined where HubSpot describes no such call. */
  operation(method: string, url: string): string | undefined;
  requestFaults(exchange: Exchange): string[];
  answerFaults(exchange: Exchange): string[];
  /** What the list of deviations names and the files no longer have. */
  idle: string[];
};

type Verdict = { ok: boolean; errors: string[] };
type Spec = {
  find(method: string, path: string): { tpl: string; op: { requestBody?: unknown } } | undefined;
  request(call: { method: string; url: string; body: unknown }): Verdict;
  response(answer: { method: string; url: string; status: number; body: unknown }): Verdict;
};
type Load = (file: string, options: { applyOverlay: boolean }) => Spec;

/** HubSpot's own description of its API, with our reviewed deviations, from the folder that the environment names. */
export async function openContract(folder: string): Promise<Contract> {
  if (!existsSync(join(folder, "harness.mjs")))
    throw new Error(`HUBSPOT_CONTRACT_DIR names a folder without HubSpot's description: ${folder}`);
  const { load }: { load: Load } = await import(pathToFileURL(join(folder, "harness.mjs")).href);
  const { descriptions, idle } = readDescriptions(folder);
  const specs = loadAll(load, descriptions);
  const specFor = (method: string, url: string) =>
    specs.find((spec) => spec.find(method, pathOf(url)) !== undefined);

  return {
    idle,
    operation(method, url) {
      const found = specFor(method, url)?.find(method, pathOf(url));
      return found && `${method} ${found.tpl}`;
    },
    requestFaults(exchange) {
      const { method, url, request } = exchange;
      const spec = specFor(method, url);
      if (!spec) return [`HubSpot describes no ${method} ${pathOf(url)}`];
      const { body } = request;
      const takesBody = spec.find(method, pathOf(url))?.op.requestBody !== undefined;
      return [
        ...spec.request({ method, url, body }).errors,
        ...(body !== null && !takesBody ? ["a body, where none is expected"] : []),
        ...headerFaults(exchange),
      ];
    },
    answerFaults({ method, url, answer }) {
      if (!answer) return [];
      const spec = specFor(method, url);
      if (!spec) return [];
      const { status, contentType, body } = answer;
      if (gateway.statuses.includes(status) && contentType.startsWith(gateway.contentType)) return [];
      const typed = body === null || contentType.startsWith("application/json");
      return [
        ...spec.response({ method, url, status, body }).errors,
        ...(typed ? [] : [`content-type: ${contentType || "none"}`]),
      ];
    },
  };
}

export function isPage(url: string): boolean {
  return pages.some(({ path }) => path.test(pathOf(url)));
}

function readDescriptions(folder: string) {
  const descriptions = new Map<string, Description>(
    areas.map((area) => [
      area,
      JSON.parse(readFileSync(join(folder, "specs", `${area}.2026-03.json`), "utf8")) as Description,
    ]),
  );
  const idle = deviations.flatMap((deviation) =>
    deviation.in.flatMap((area) => {
      const description = descriptions.get(area);
      return description && deviation.apply(description) ? [] : [`${area}: ${deviation.what}`];
    }),
  );
  return { descriptions, idle };
}

// The checker reads files; its own list of leniencies stays unused, since ours is the one that was reviewed.
function loadAll(load: Load, descriptions: Map<string, Description>): Spec[] {
  const place = mkdtempSync(join(tmpdir(), "hubspot-contract-"));
  try {
    return [...descriptions].map(([area, description]) => {
      const file = join(place, `${area}.json`);
      writeFileSync(file, JSON.stringify(description));
      return load(file, { applyOverlay: false });
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function headerFaults({ url, request }: Exchange): string[] {
  const forTokens = url.startsWith("/oauth/");
  const type = forTokens ? "application/x-www-form-urlencoded" : "application/json";
  const authorization = forTokens ? "" : "bearer";
  return [
    ...(request.body === null || request.contentType.startsWith(type)
      ? []
      : [`content-type: ${request.contentType || "none"}, not ${type}`]),
    ...(request.authorization === authorization
      ? []
      : [`authorization: ${request.authorization || "none"}, not ${authorization || "none"}`]),
    ...(request.accept.includes("application/json") || request.accept === "*/*"
      ? []
      : [`accept: ${request.accept || "none"}`]),
  ];
}

function pathOf(url: string): string {
  return new URL(url, "http://hubspot").pathname;
}
