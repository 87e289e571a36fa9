"use client";

import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { TextLink } from "@/components/ui/text-link";
import { fetchJson } from "@/lib/fetch-json";
import type { EndedTransfers } from "@/services/transfers/read-ended";
import { isResultSeen } from "./seen-results";

const everyMs = 15_000;

/** Tells whoever is signed in that a transfer has gone through, unless they look at it or have. Renders nothing. */
export function EndedNotices({ workspaceId }: { workspaceId: string }) {
  const t = useTranslations("transfers.notice");
  const pathname = usePathname();
  const told = useRef(new Set<string>());
  const key = `transfers-told-until:${workspaceId}`;
  const { data } = useQuery({
    queryKey: ["ended-transfers", workspaceId],
    queryFn: ({ signal }) => {
      const since = localStorage.getItem(key);
      return fetchJson<EndedTransfers>(
        `/api/transfers/ended${since ? `?${new URLSearchParams({ since })}` : ""}`,
        signal,
      );
    },
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
    retry: false,
  });
  useEffect(() => {
    if (!data) return;
    localStorage.setItem(key, data.until);
    for (const { runId, integrationId, accountName, isUndo, reached, failing } of data.ended) {
      const href = `/settings/integrations/${integrationId}/transfers/${runId}`;
      if (told.current.has(runId)) continue;
      told.current.add(runId);
      if (pathname === href || isResultSeen(runId)) continue;
      notifications.show({
        id: noticeOf(href),
        color: failing ? "orange" : "green",
        title: t(isUndo ? "undoTitle" : "title", { account: accountName }),
        message: (
          <>
            {t("text", { count: reached, failing })} <TextLink href={href}>{t("see")}</TextLink>
          </>
        ),
        autoClose: false,
      });
    }
  }, [data, key, pathname, t]);
  // Whoever arrives where it leads has seen it.
  useEffect(() => void notifications.hide(noticeOf(pathname)), [pathname]);
  return null;
}

const noticeOf = (href: string) => `ended:${href}`;
