import type { PauseReason } from "@/db/schema/rates";

type Scope = {
  /** More calls were made than a limit allows; else the pause has nothing to do with how many there are. */
  isForLimit: boolean;
  /** Whatever is asked stops; else only the kind of call that was answered so. */
  stopsAll: boolean;
};

/** What HubSpot means by a pause, by its reason. */
export const pauseScope: Record<PauseReason, Scope> = {
  ten_seconds: { isForLimit: true, stopsAll: false },
  second: { isForLimit: true, stopsAll: false },
  unnamed: { isForLimit: true, stopsAll: false },
  day: { isForLimit: true, stopsAll: true },
  locked: { isForLimit: false, stopsAll: false },
  // A move to another data centre, and a gateway that cannot reach HubSpot.
  moving: { isForLimit: false, stopsAll: true },
  unreachable: { isForLimit: false, stopsAll: true },
};
