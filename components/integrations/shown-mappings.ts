import type { MappingSetting } from "@/services/integrations/read-settings";

export type ShownMapping = { mapping: MappingSetting; fullName: boolean };

/** The rows people see: first and last name, which are always mapped, stand as one full name. */
export function shownMappings(mappings: MappingSetting[]): ShownMapping[] {
  const isNamePart = ({ locked, snovField }: MappingSetting) =>
    locked && (snovField === "first_name" || snovField === "last_name");
  const nameParts = mappings.filter(isNamePart);
  // A half that stopped speaks for the row.
  const name = nameParts.find(({ stoppedReason }) => stoppedReason) ?? nameParts[0];
  const others = mappings.filter((mapping) => !isNamePart(mapping));
  return [
    ...(name ? [{ mapping: name, fullName: true }] : []),
    ...others.map((mapping) => ({ mapping, fullName: false })),
  ];
}
