import type { MailParts } from "./mail-words";

const font = "font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif";

/** Plain enough for every mail program, light or dark: no colour of ours but of what can be clicked. */
export function htmlOf({ subject, intro, groups, foot }: MailParts): string {
  const blocks = groups.map(
    ({ title, entries }) =>
      `${title ? `<p style="margin:24px 0 8px;font-size:14px;opacity:.75">${escaped(title)}</p>` : ""}${entries
        .map(
          (entry) =>
            `<div style="margin:0 0 24px"><p style="margin:0;font-weight:600">${escaped(entry.title)}</p>` +
            `<p style="margin:4px 0 8px">${escaped(entry.text)}</p>${entry.link ? anchor(entry.link) : ""}</div>`,
        )
        .join("")}`,
  );
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
    `<title>${escaped(subject)}</title></head><body style="margin:0;padding:24px;${font}"><div style="max-width:560px">` +
    `${intro ? `<p style="margin:0 0 16px">${escaped(intro)}</p>` : ""}${blocks.join("")}` +
    `<p style="margin:32px 0 0;font-size:13px;opacity:.75">${escaped(foot.text)}<br>${anchor(foot.link)}</p>` +
    "</div></body></html>"
  );
}

const anchor = ({ href, label }: { href: string; label: string }) =>
  `<a href="${escaped(href)}">${escaped(label)}</a>`;

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
