import type { FieldType, Value } from "@/sync/value";

/** One custom field of every type. */
export const sampleFields: { name: string; type: FieldType; options?: { value: string; label: string }[] }[] =
  [
    { name: "How we met", type: "text" },
    { name: "Team size", type: "number" },
    { name: "Renewal date", type: "date" },
    { name: "Last call", type: "datetime" },
    { name: "Asked for a demo", type: "boolean" },
    { name: "Interest", type: "choice", options: options("Low", "Medium", "High") },
    { name: "Products", type: "choices", options: options("Finder", "Verifier", "Campaigns", "CRM") },
  ];

const meetings = ["Webinar", "Trade fair", "Recommended by a customer", "Found us by search"];

/** Values by the custom field's id; some stay empty, as in real life. */
export function customValues(at: number, fields: { id: string; type: FieldType }[]): Record<string, Value> {
  const values = fields.map(({ id, type }, n): [string, Value] => [
    id,
    (at + n) % 4 === 3 ? null : value(type, at),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

function value(type: FieldType, at: number): Value {
  switch (type) {
    case "text":
      return meetings[at % meetings.length] ?? null;
    case "number":
      return String(((at * 13) % 240) + 2);
    case "date":
      return new Date(Date.UTC(2027, at % 12, (at % 28) + 1)).toISOString().slice(0, 10);
    case "datetime":
      return new Date(Date.UTC(2026, at % 10, (at % 28) + 1, 8 + (at % 9), (at * 5) % 60)).toISOString();
    case "boolean":
      return at % 3 === 0;
    case "choice":
      return ["low", "medium", "high"][at % 3] ?? null;
    case "choices":
      return at % 2 === 0 ? ["finder", "verifier"] : ["campaigns"];
  }
}

function options(...labels: string[]) {
  return labels.map((label) => ({ value: label.toLowerCase(), label }));
}
