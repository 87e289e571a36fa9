import { type Unequal, unequalFields } from "@/sync/unequal";
import type { Verdict } from "./outcome";
import type { PageContext } from "./page-context";
import type { Observation, RecordWork } from "./record-work";

/**
 * Nothing of the record is left to sync. Where its sides are not known to be equal the reason says so: `one_way` names
 * the fields that differ and stay so by their direction, `not_compared` those whose mapping is stopped.
 */
export function inSync(page: PageContext, work: Observation & Pick<RecordWork, "plan">): Verdict {
  const { plan } = work;
  if (plan.kind !== "pair" && plan.kind !== "create") return { status: "in_sync", reason: null, detail: {} };
  const { apart, stopped } = unequalFields(
    page.planner,
    { snov: work.prospect, hubspot: work.contact },
    plan,
  );
  const fields = namesOf(page, apart);
  const resting = namesOf(page, stopped.filter(isField(page)));
  return {
    status: "in_sync",
    reason: fields.length ? "one_way" : resting.length ? "not_compared" : null,
    detail: {
      ...(fields.length ? { fields: fields.join("\n") } : {}),
      ...(resting.length ? { stopped: resting.join("\n") } : {}),
    },
  };
}

/** Fields that nobody compares, because their mapping is stopped. */
export function notCompared(page: PageContext): string[] {
  return namesOf(page, page.planner.mappings.filter(({ stopped }) => stopped).filter(isField(page)));
}

type Mapping = Unequal["apart"][number];

/** A custom field that was deleted here is none that could be equal. */
function isField({ emptyProspectFields }: PageContext) {
  return ({ fields }: Mapping) => Object.hasOwn(emptyProspectFields, fields.snov);
}

function namesOf({ labels }: PageContext, mappings: Mapping[]): string[] {
  return mappings.map(({ id, fields }) => labels.get(id)?.snov ?? fields.snov);
}
