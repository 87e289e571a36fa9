import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";

/** What a person does to a transfer. Also who is refused, because somebody else was faster, is shown how it stands now. */
export function useTransferAct<Args extends unknown[], T>(
  act: (...args: Args) => Promise<ActionResult<T>>,
  onChanged: () => void,
) {
  return useAction(act, {
    onSuccess: onChanged,
    onFailure: () => {
      onChanged();
      return undefined;
    },
  });
}
