"use client";

import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { fetchJson } from "@/lib/fetch-json";
import type { ActionResult } from "@/services/action-result";
import type { Tried } from "@/services/integrations/read-tried";
import type { Side } from "@/sync/side";

type NamedRecord = { side: Side; recordId: string };
export type TryAgainAction = (input: {
  integrationId: string;
  record?: NamedRecord;
}) => Promise<ActionResult<{ tried: number }>>;

export type TryAgain = {
  all: () => Promise<void>;
  one: (record: NamedRecord & { name: string }) => Promise<void>;
  isTrying: (record?: NamedRecord) => boolean;
};

const askEveryMs = 700;
const longestMs = 30_000;

/** Has failing records tried again, and says what came of it, even where they have left the list meanwhile. */
export function useTryAgain(
  integrationId: string,
  action: TryAgainAction,
  onChanged: () => Promise<unknown>,
): TryAgain {
  const t = useTranslations("overview.reasons.tried");
  const queries = useQueryClient();
  const { run } = useAction(action);
  const [trying, setTrying] = useState<ReadonlySet<string>>(new Set());
  const page = useRef<AbortController>(undefined);
  useEffect(() => {
    page.current = new AbortController();
    return () => page.current?.abort();
  }, []);

  const attempt = async (
    record: NamedRecord | undefined,
    words: (tried: number, stand: Tried) => string,
  ): Promise<void> => {
    setTrying((before) => new Set(before).add(keyOf(record)));
    const result = await run({ integrationId, ...(record ? { record } : {}) });
    const stand = result.ok ? await afterwards(integrationId, record, page.current?.signal) : null;
    if (result.ok && stand)
      notifications.show({ message: stand.waiting ? t("later") : words(result.data.tried, stand) });
    await Promise.all([
      onChanged(),
      queries.invalidateQueries({ queryKey: ["integration", integrationId, "records"] }),
    ]);
    setTrying((before) => new Set([...before].filter((key) => key !== keyOf(record))));
  };

  return {
    all: () =>
      attempt(undefined, (tried, { failing }) => t("all", { gone: Math.max(0, tried - failing), failing })),
    one: ({ name, ...record }) =>
      attempt(record, (_, { failing }) => t(failing ? "stillFailing" : "noLonger", { name })),
    isTrying: (record) => trying.has(keyOf(undefined)) || (!!record && trying.has(keyOf(record))),
  };
}

/** How they stand once all have been looked at; null where the page was left or the server is out of reach. */
async function afterwards(
  integrationId: string,
  record: NamedRecord | undefined,
  signal: AbortSignal | undefined,
): Promise<Tried | null> {
  const path = `/api/integrations/${integrationId}/tried?${new URLSearchParams(record)}`;
  const until = Date.now() + longestMs;
  for (;;) {
    const stand = await fetchJson<Tried>(path, signal).catch(() => null);
    if (!stand?.waiting || Date.now() > until) return stand;
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

function keyOf(record: NamedRecord | undefined): string {
  return record ? `${record.side}:${record.recordId}` : "all";
}
