import { Middleware } from "inngest";
import { withRemoteFaults } from "./remote-faults";

/** Every step of every function fails in the engine's words, with nothing in them that people typed. */
export class StepFaults extends Middleware.BaseMiddleware {
  readonly id = "step-faults";

  override wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return withRemoteFaults(next);
  }
}
