import type { NoticeKind } from "./notice-kinds";

type Place = { kind: NoticeKind; integrationId: string; runId: string | null };

/** The page with what helps. */
export function noticePath({ kind, integrationId, runId }: Place): string {
  const integration = `/settings/integrations/${integrationId}`;
  switch (kind) {
    case "connection_broken":
    case "fuse_blown":
    case "mappings_stopped":
      return integration;
    case "transfer_asking":
    case "transfer_ended":
      return `${integration}/transfers/${runId}`;
    case "records_failing":
      return `${integration}/records?status=failing`;
    case "conflicts_waiting":
      return `${integration}/conflicts`;
  }
}
