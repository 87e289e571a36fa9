"use client";

import { notifications } from "@mantine/notifications";
import { useCallback, useRef, useState } from "react";
import type { ActionResult, Failure } from "@/services/action-result";
import { useFailureText } from "./use-failure-text";

type Options<T> = {
  onSuccess?: (data: T) => void;
  /** Shown as a notification when it is done. */
  successMessage?: string;
  /** Return true where the page shows the failure itself; otherwise a notification does. */
  onFailure?: (failure: Failure) => boolean | undefined;
};

/** Runs a server action with a pending flag, field errors in words and notifications. A second call waits for none. */
export function useAction<Args extends unknown[], T>(
  action: (...args: Args) => Promise<ActionResult<T>>,
  options: Options<T> = {},
) {
  const [pending, setPending] = useState(false);
  const [fieldErrors, setFieldErrors] = useState<Record<string, string>>({});
  const failureText = useFailureText();
  const latest = useRef(options);
  latest.current = options;

  const run = useCallback(
    async (...args: Args): Promise<ActionResult<T>> => {
      setPending(true);
      setFieldErrors({});
      const result = await settle(action, args);
      setPending(false);
      const { onSuccess, successMessage, onFailure } = latest.current;
      if (result.ok) {
        if (successMessage) notifications.show({ message: successMessage });
        onSuccess?.(result.data);
        return result;
      }
      const { code, fields = {} } = result.error;
      const words = Object.entries(fields).map(([name, reason]) => [name, failureText({ code, reason })]);
      setFieldErrors(Object.fromEntries(words));
      if (!onFailure?.(result.error) && !words.length) {
        notifications.show({ color: "red", message: failureText(result.error), autoClose: 10_000 });
      }
      return result;
    },
    [action, failureText],
  );
  return { run, pending, fieldErrors };
}

/** A request that never reached the server is a failure like any other; a redirect must go on its way. */
async function settle<Args extends unknown[], T>(
  action: (...args: Args) => Promise<ActionResult<T>>,
  args: Args,
): Promise<ActionResult<T>> {
  try {
    return await action(...args);
  } catch (error) {
    if (error instanceof Error && "digest" in error) throw error;
    return { ok: false, error: { code: "unexpected", reason: "unreachable" } };
  }
}
