import { createHmac } from "node:crypto";
import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { lockSubject } from "@/db/lock-subject";
import { signInFailures } from "@/db/schema/workspaces";
import { env } from "@/lib/env";
import { ServiceError } from "@/services/service-error";

export type Limited = {
  kind: "email" | "address" | "sign-up-address" | "password-change" | "test-mail";
  value: string;
  limit: number;
};

const attemptWindowMinutes = 15;
const windowMs = attemptWindowMinutes * 60_000;

/**
 * Counts an attempt against each subject before it is made, so that guesses sent at once cannot slip through together.
 * Attempts that are refused do not count: waiting always helps. Returns how to take the attempt back when it succeeds.
 */
export async function limitAttempts(
  db: Db,
  limited: Limited[],
  now: Date = new Date(),
): Promise<{ succeeded: () => Promise<void> }> {
  const subjects = limited.map((one) => ({ ...one, subject: keyedHash(one) }));
  const since = new Date(now.getTime() - windowMs);
  await db.transaction(async (tx) => {
    for (const { subject } of [...subjects].sort((a, b) => a.subject.localeCompare(b.subject))) {
      await lockSubject(tx, "sign-in", subject);
    }
    for (const { subject, limit } of subjects) {
      const recent = await tx
        .select({ at: signInFailures.at })
        .from(signInFailures)
        .where(and(eq(signInFailures.subject, subject), gt(signInFailures.at, since)))
        .orderBy(sql`${signInFailures.at} desc`)
        .limit(limit);
      const oldest = recent[limit - 1];
      if (oldest) throw tooManyAttempts(oldest.at.getTime() + windowMs - now.getTime());
    }
    await tx.insert(signInFailures).values(subjects.map(({ subject }) => ({ subject, at: now })));
    await tx.delete(signInFailures).where(lt(signInFailures.at, since));
  });
  return { succeeded: () => takeBack(db, subjects, now) };
}

/** A success clears the person's failures, and of the address only this attempt: others behind it still count. */
async function takeBack(db: Db, subjects: (Limited & { subject: string })[], now: Date): Promise<void> {
  const own = subjects.filter(({ kind }) => kind === "email" || kind === "password-change");
  const shared = subjects.filter((one) => !own.includes(one));
  if (own.length) {
    const keys = own.map(({ subject }) => subject);
    await db.delete(signInFailures).where(inArray(signInFailures.subject, keys));
  }
  for (const { subject } of shared) {
    await db
      .delete(signInFailures)
      .where(and(eq(signInFailures.subject, subject), eq(signInFailures.at, now)));
  }
}

function tooManyAttempts(waitMs: number): ServiceError {
  return new ServiceError("too_many_attempts", "the limit of attempts is reached", {
    values: { minutes: Math.max(1, Math.ceil(waitMs / 60_000)) },
  });
}

function keyedHash({ kind, value }: Limited): string {
  return createHmac("sha256", env().NEXTAUTH_SECRET).update(`${kind}:${value}`).digest("base64url");
}
