import { useSearchParams } from "next/navigation";
import { type Dispatch, type SetStateAction, useEffect, useState } from "react";
import type { AddressParams } from "./asked";

/** State that the address bar keeps, so that a reload and the Back button find it again. */
export function useAddressState<State>(
  read: (params: AddressParams) => State,
  write: (state: State) => URLSearchParams,
): [State, Dispatch<SetStateAction<State>>] {
  // Coming back to the page, the address is as it was left and what the server rendered is older.
  const params = useSearchParams();
  const [state, setState] = useState(() => read(Object.fromEntries(params)));
  const search = write(state).toString();
  useEffect(() => {
    const address = `${window.location.pathname}${search ? `?${search}` : ""}`;
    if (address !== window.location.pathname + window.location.search)
      window.history.replaceState(null, "", address);
  }, [search]);
  return [state, setState];
}
