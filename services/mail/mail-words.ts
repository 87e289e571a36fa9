import { createTranslator } from "next-intl";
import { env } from "@/lib/env";
import type { Locale } from "@/lib/locales";
import { loadMessages } from "@/lib/messages";
import { noticeValues, type WordedNotice } from "@/lib/notice-values";
import { htmlOf } from "./mail-html";

type MailedNotice = WordedNotice & { id: string; workspaceName: string };
export type MailWords = { subject: string; text: string; html: string };
/** A mail before it is text or HTML. */
export type MailParts = {
  subject: string;
  intro: string | null;
  groups: {
    title: string;
    entries: { title: string; text: string; link: { href: string; label: string } | null }[];
  }[];
  foot: { text: string; link: { href: string; label: string } };
};

/** What an e-mail about these notices says, in the person's language; a digest also where there is one alone. */
export async function noticeMail(
  locale: Locale,
  notices: MailedNotice[],
  kind: "notice" | "digest",
): Promise<MailWords> {
  const t = await translator(locale);
  const entries = notices.map((notice) => {
    const values = noticeValues(notice);
    return {
      workspace: notice.workspaceName,
      title: t(`told.${notice.kind}`, values),
      text: t(`text.${notice.kind}`, values),
      link: { href: `${env().APP_URL}/api/notices/${notice.id}/open`, label: t(`act.${notice.kind}`) },
    };
  });
  const workspaces = [...new Set(entries.map(({ workspace }) => workspace))];
  const [first] = entries;
  return worded(t, {
    subject: kind === "notice" && first ? first.title : t("mail.digest", { count: entries.length }),
    intro: kind === "digest" ? t("mail.digestIntro") : null,
    groups: workspaces.map((title) => ({
      title: t("mail.workspace", { name: title }),
      entries: entries.filter(({ workspace }) => workspace === title),
    })),
  });
}

/** What whoever tries the settings gets. */
export async function testMail(locale: Locale): Promise<MailWords> {
  const t = await translator(locale);
  const entry = { title: t("mail.test"), text: t("mail.testText"), link: null };
  return worded(t, { subject: t("mail.test"), intro: null, groups: [{ title: "", entries: [entry] }] });
}

type Translator = Awaited<ReturnType<typeof translator>>;

async function translator(locale: Locale) {
  return createTranslator({ locale, messages: await loadMessages(locale), namespace: "notices" });
}

function worded(t: Translator, rest: Omit<MailParts, "foot">): MailWords {
  const link = { href: `${env().APP_URL}/settings/notices`, label: t("mail.settings") };
  const parts = { ...rest, foot: { text: t("mail.why"), link } };
  // A name of an account or workspace is somebody's words: no line of it may become another header.
  const subject = parts.subject.replaceAll(/\s+/g, " ");
  return { subject, text: textOf(parts), html: htmlOf(parts) };
}

function textOf({ intro, groups, foot }: MailParts): string {
  const linked = ({ label, href }: { label: string; href: string }) => `${label}: ${href}`;
  const blocks = groups.flatMap(({ title, entries }) => [
    ...(title ? [title] : []),
    ...entries.map(({ link, ...entry }) =>
      [entry.title, entry.text, ...(link ? [linked(link)] : [])].join("\n"),
    ),
  ]);
  return [...(intro ? [intro] : []), ...blocks, `-- \n${foot.text}\n${linked(foot.link)}`, ""].join("\n\n");
}
