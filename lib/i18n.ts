import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, chooseTimeZone, localeCookie, timeZoneCookie } from "@/lib/locales";
import { loadMessages } from "@/lib/messages";

/** The language is the person's choice or their browser's; it never shows in an address. */
export default getRequestConfig(async () => {
  const jar = await cookies();
  const locale = chooseLocale(jar.get(localeCookie)?.value, (await headers()).get("accept-language"));
  return {
    locale,
    timeZone: chooseTimeZone(jar.get(timeZoneCookie)?.value),
    now: new Date(),
    messages: await loadMessages(locale),
  };
});
