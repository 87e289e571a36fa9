import { deps } from "@/app/server/deps";
import { countRefreshFaults } from "@/db/queries/refresh-faults";
import { countStuckMails } from "@/db/queries/stuck-mails";
import { errorFields, log } from "@/lib/log";
import { newestKey } from "@/lib/seal";

/**
 * 200 while the database can be reached. `problems` names what a person has to put right although the product
 * runs; restarting it would not help, so they do not change the status.
 */
export async function GET(): Promise<Response> {
  const headers = { "Cache-Control": "no-store" };
  try {
    const { db } = deps();
    const [faults, mails] = await Promise.all([countRefreshFaults(db), countStuckMails(db)]);
    const problems = [
      ...faults.map(({ kind, connections }) => ({ kind: `hubspot_${kind}`, connections })),
      ...(mails ? [{ kind: "mail_server", mails }] : []),
    ];
    const status = problems.length ? "needs attention" : "ok";
    return Response.json({ status, problems, newestKey: newestKey() }, { headers });
  } catch (error) {
    log.error("health/failed", errorFields(error));
    return Response.json({ status: "database unreachable" }, { status: 503, headers });
  }
}
