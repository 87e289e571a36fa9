import { readFileSync } from "node:fs";
import { join } from "node:path";

type Messages = { [key: string]: string | Messages };

/** What one language has and the other lacks: texts, and the values and tags that are filled into them. */
export function checkMessages(folder: string): string[] {
  const read = (locale: string): Messages => JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8"));
  return compareMessages(read("en"), read("pt-BR"));
}

export function compareMessages(english: Messages, portuguese: Messages): string[] {
  const en = flatten(english);
  const pt = flatten(portuguese);
  const keys = [...new Set([...en.keys(), ...pt.keys()])].sort();
  return keys.flatMap((key) => {
    const [inEnglish, inPortuguese] = [en.get(key), pt.get(key)];
    if (inEnglish === undefined) return [`${key} is missing in en.json`];
    if (inPortuguese === undefined) return [`${key} is missing in pt-BR.json`];
    if (!inEnglish.trim() || !inPortuguese.trim()) return [`${key} is empty`];
    const [wanted, found] = [placeholders(inEnglish), placeholders(inPortuguese)];
    return wanted === found
      ? []
      : [`${key} takes ${wanted || "nothing"} in English and ${found || "nothing"} in Portuguese`];
  });
}

function flatten(messages: Messages, prefix = ""): Map<string, string> {
  const entries = Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

/** The names in `{name}` and `{name, plural, …}`, and the tags, each once, whatever the words around them. */
function placeholders(text: string): string {
  const tags = [...text.matchAll(/<(\w+)>/g)].map(([, tag]) => `<${tag}>`);
  return [...new Set([...argumentNames(text), ...tags])].sort().join(" ");
}

/** A brace in words opens an argument; a brace in an argument, after a selector such as `one`, opens words again. */
function argumentNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [at, letter] of [...text].entries()) {
    if (letter === "}") depth -= 1;
    if (letter !== "{") continue;
    const name = /^\{\s*(\w+)/.exec([...text].slice(at).join(""))?.[1];
    if (depth % 2 === 0 && name) names.push(`{${name}}`);
    depth += 1;
  }
  return names;
}
