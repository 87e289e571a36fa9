import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";
import { type Policy, policies } from "@/sync/policy";

type PolicyException = { policy: Policy; mappings: MappingSetting[] };

/** The fields whose conflicts are settled otherwise than the integration's, by how. Pure. */
export function policyExceptions({
  policy: general,
  mappings,
}: Pick<IntegrationSettings, "policy" | "mappings">): PolicyException[] {
  return policies
    .filter((policy) => policy !== general)
    .map((policy) => ({ policy, mappings: mappings.filter((mapping) => mapping.policy === policy) }))
    .filter(({ mappings: own }) => own.length > 0);
}
