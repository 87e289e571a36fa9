import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Reply } from "../http/reply";

const types: Record<string, string> = {
  html: "text/html;charset=utf-8",
  css: "text/css;charset=utf-8",
  js: "text/javascript;charset=utf-8",
};

const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

/** The pages that people browse, and their files; null for any other path. */
export function pageReply(path: string): Reply | null {
  if (path === "/" || /^\/accounts\/\d+\/contacts\/?$/.test(path)) return file("contacts.html");
  if (path === "/control") return file("control.html");
  const name = /^\/page\/([a-z-]+\.(?:css|js))$/.exec(path)?.[1];
  return name === undefined ? null : file(name);
}

function file(name: string): Reply | null {
  const type = types[name.split(".").at(-1) ?? ""];
  if (!type) return null;
  try {
    const content = readFileSync(fileURLToPath(new URL(`./files/${name}`, import.meta.url)), "utf8");
    return { status: 200, text: { type, content }, headers };
  } catch {
    return null;
  }
}
