"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { timeZoneCookie } from "@/lib/locales";
import { setCookie } from "@/lib/set-cookie";

/** Tells the server the browser's time zone, so that both write the same dates. */
export function TimeZoneCookie() {
  const router = useRouter();
  const known = useTimeZone();
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!actual || actual === known || document.cookie.includes(`${timeZoneCookie}=${actual}`)) return;
    setCookie(timeZoneCookie, actual);
    router.refresh();
  }, [known, router]);
  return null;
}
