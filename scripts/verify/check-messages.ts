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

/** The names in `{name}` and `{name, plural, …}`, and the tags, each once. The words inside plural forms are no names. */
function placeholders(text: string): string {
  const names = [...text.matchAll(/\{\s*(\w+)\s*(?=[,}])/g)].filter(
    ({ index }) => !isPluralForm(text, index),
  );
  const tags = [...text.matchAll(/<(\w+)>/g)];
  const all = [...names.map(([, name]) => `{${name}}`), ...tags.map(([, tag]) => `<${tag}>`)];
  return [...new Set(all)].sort().join(" ");
}

/** `one {word}`: a brace that follows a selector opens a form of words. */
function isPluralForm(text: string, brace: number): boolean {
  return (
    /(?:=\d+|\b(?:zero|one|two|few|many|other))\s*$/.test(text.slice(0, brace)) &&
    /,\s*(plural|select)/.test(text)
  );
}
