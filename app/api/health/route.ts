import { sql } from "drizzle-orm";
import { deps } from "@/app/server/deps";
import { errorFields, log } from "@/lib/log";
import { newestKey } from "@/lib/seal";

export async function GET(): Promise<Response> {
  const headers = { "Cache-Control": "no-store" };
  try {
    await deps().db.execute(sql`select 1`);
    return Response.json({ status: "ok", newestKey: newestKey() }, { headers });
  } catch (error) {
    log.error("health/failed", errorFields(error));
    return Response.json({ status: "database unreachable" }, { status: 503, headers });
  }
}
