import type { HubspotChanges } from "@/services/conflicts/read-changes";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";
import { ConflictEntry } from "./conflict-entry";
import classes from "./conflicts.module.css";
import type { useQueue } from "./use-queue";
import type { Held } from "./waiting-choice";

type Props = {
  queue: ReturnType<typeof useQueue>;
  context: ConflictContext;
  changesOf: (conflict: ConflictRow) => HubspotChanges | undefined;
  held: Held;
};

/** The conflicts of the queue, as far as they are loaded. */
export function ConflictList({ queue, context, changesOf, held }: Props) {
  return (
    <ul className={classes.list}>
      {queue.conflicts.map((conflict) => (
        <ConflictEntry
          key={conflict.id}
          conflict={conflict}
          context={context}
          changes={changesOf(conflict)}
          acts={queue.acts}
          pending={queue.deciding.pending}
          held={held}
          {...queue.stateOf(conflict)}
        />
      ))}
    </ul>
  );
}
