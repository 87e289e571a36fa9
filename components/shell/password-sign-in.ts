"use client";

import { signIn } from "next-auth/react";
import type { Failure } from "@/services/action-result";

/** Signs in and returns the failure, if any; next-auth carries it as the text of its error. */
export async function passwordSignIn(email: string, password: string): Promise<Failure | null> {
  try {
    const result = await signIn("credentials", { email, password, redirect: false });
    if (result?.ok && !result.error) return null;
    return parseFailure(result?.error);
  } catch {
    return { code: "unexpected", reason: "unreachable" };
  }
}

function parseFailure(error: string | null | undefined): Failure {
  try {
    const parsed: unknown = JSON.parse(error ?? "");
    if (parsed && typeof parsed === "object" && "code" in parsed) return parsed as Failure;
  } catch {
    // Not one of ours: next-auth's own word for a failure.
  }
  return { code: "unexpected", reason: "sign_in_failed" };
}
