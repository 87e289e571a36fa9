import type { ConflictContext } from "@/components/conflicts/conflict-context";
import type { ConflictRow } from "@/services/conflicts/read-page";

/** A conflict about a field as the page has it; a higher number is a later one. */
export function row(n: number, about: Partial<ConflictRow> = {}): ConflictRow {
  return {
    id: `id-${String(n).padStart(3, "0")}`,
    kind: "value",
    revision: 1,
    side: "snov",
    recordId: `record-${String(n).padStart(3, "0")}`,
    contactId: null,
    recordName: `Person ${n}`,
    contactName: null,
    mappingId: "mapping",
    fields: null,
    stopped: false,
    base: null,
    values: { snov: "a", hubspot: "b" },
    other: null,
    linkable: false,
    detail: {},
    edits: [],
    trashed: null,
    changedInSnov: null,
    resolution: null,
    choice: null,
    reversible: false,
    resolutionId: null,
    resolvedBy: null,
    resolvedById: null,
    resolvedAt: null,
    takingBackBy: null,
    outcome: null,
    stopReason: null,
    openedAt: "2026-01-01T00:00:00.000001+00:00",
    closedAt: null,
    ...about,
  };
}

/** What the page knows around them. */
export function contextOf(about: Partial<ConflictContext> = {}): ConflictContext {
  return {
    integration: { id: "i", name: "Main" },
    settingsSeen: "2026-01-01T00:00:00.000Z",
    contactUrl: "",
    userId: "u",
    manages: true,
    fields: { snov: {}, hubspot: {} },
    lists: [],
    people: [],
    mappings: {},
    ...about,
  };
}
