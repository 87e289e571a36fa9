import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { NoticesPage } from "@/components/notices/notices-page";
import { readNotices } from "@/services/telling/read-notices";
import { markReadAction } from "./actions";

export async function generateMetadata() {
  return { title: (await getTranslations("notices"))("title") };
}

export default async function Notices() {
  const ctx = await requirePage();
  const initial = await readNotices({ ctx, input: {} });
  return <NoticesPage initial={initial} workspaceId={ctx.workspaceId} markRead={markReadAction} />;
}
