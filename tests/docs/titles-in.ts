import { parseSync } from "@swc/core";

type Node = { type: string; [part: string]: unknown };
type Call = Node & { callee: Node; arguments: { expression: Node }[] };

const notRun = ["skip", "todo", "skipIf", "runIf", "fails"];

/** The titles of the tests of a file that are run: nothing of a skipped test, nor of a skipped group of them. */
export function titlesIn(text: string): Set<string> {
  const titles = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    if (isCall(part)) {
      const [called = "", ...modifiers] = namesOf(part.callee);
      const given = part.arguments.map(({ expression }) => expression);
      const isTest = called === "it" || called === "test";
      if (isTest || called === "describe") {
        if (modifiers.some((name) => notRun.includes(name)) || given.some(leavesOut)) return;
        const [title] = given;
        if (isTest && title?.type === "StringLiteral") titles.add(String(title.value));
      }
    }
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(parseSync(text, { syntax: "typescript", tsx: false }));
  return titles;
}

function isCall(part: object): part is Call {
  return (part as Node).type === "CallExpression";
}

/** `it.skip.each(cases)` → it, skip, each */
function namesOf(called: Node): string[] {
  switch (called.type) {
    case "Identifier":
      return [String(called.value)];
    case "MemberExpression":
      return [...namesOf(called.object as Node), String((called.property as Node).value)];
    case "CallExpression":
      return namesOf(called.callee as Node);
    case "TaggedTemplateExpression":
      return namesOf(called.tag as Node);
    default:
      return [];
  }
}

/** `{ skip: true }` */
function leavesOut(argument: Node): boolean {
  if (argument.type !== "ObjectExpression") return false;
  return (argument.properties as Node[]).some(
    ({ key }) => key !== undefined && notRun.includes(String((key as Node).value)),
  );
}
