"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import type { Leaving, SectionHandle } from "./section";

/** Leaves a step of the wizard: its section is saved, and what going on completes is remembered, before another page opens. */
export function useLeaving(integrationId: string, complete: () => Promise<{ ok: boolean }>) {
  const router = useRouter();
  const section = useRef<SectionHandle>(null);
  const [saving, setSaving] = useState(false);
  const [wanted, setWanted] = useState<string | null>(null);
  const [navigating, navigate] = useTransition();
  const busy = saving || navigating;

  async function leaveFor(href: string, how: Leaving) {
    if (busy) return;
    setWanted(href);
    setSaving(true);
    const saved = (await section.current?.save(how)) ?? true;
    const done = saved && (how === "away" || (await complete()).ok);
    setSaving(false);
    if (!done) return;
    sessionStorage.setItem(arrivalKey(integrationId), "step");
    navigate(() => router.push(href));
  }
  return { section, leaveFor, leavingFor: busy ? wanted : null };
}

/** A step opened from another one starts at its heading, so that people who listen hear where they are. */
export function arrivedByStep(integrationId: string): boolean {
  const arrived = sessionStorage.getItem(arrivalKey(integrationId)) !== null;
  sessionStorage.removeItem(arrivalKey(integrationId));
  return arrived;
}

function arrivalKey(integrationId: string): string {
  return `integration.${integrationId}.arrival`;
}
