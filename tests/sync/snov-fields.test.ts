import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import portuguese from "@/messages/pt-BR.json";
import {
  customFieldId,
  customFieldKey,
  snovFieldDefinitions,
  snovFieldKeys,
  snovFields,
} from "@/sync/snov-fields";

describe("the fields of a prospect", () => {
  it("are, without custom ones, the standard fields: texts that can be written, named by the interface", () => {
    const definitions = snovFieldDefinitions([]);
    expect(definitions.map(({ key }) => key)).toEqual([...snovFieldKeys]);
    for (const definition of definitions) {
      expect(definition).toMatchObject({ side: "snov", type: "text", writable: true, custom: false });
      expect(definition).toMatchObject({ label: "", options: [] });
    }
  });

  it.each([
    ["English", en],
    ["Portuguese", portuguese],
  ])("have a name in %s, each its own", (_language, messages) => {
    const names = snovFields.map(({ labelKey }) => textAt(messages, labelKey));
    expect(names.filter((name) => typeof name === "string")).toHaveLength(snovFieldKeys.length);
    expect(new Set(names).size).toBe(snovFieldKeys.length);
  });

  it("end with the workspace's own, under their name, type and options", () => {
    const options = [{ value: "g", label: "Gold" }];
    const definitions = snovFieldDefinitions([{ id: "7", name: "Tier", type: "choice", options }]);
    expect(definitions.at(-1)).toEqual({
      side: "snov",
      key: customFieldKey("7"),
      label: "Tier",
      type: "choice",
      options,
      writable: true,
      custom: true,
    });
  });
});

describe("the key of a custom field", () => {
  it("gives its id back, and is like no standard field's", () => {
    expect(customFieldId(customFieldKey("7"))).toBe("7");
    expect(customFieldKey("7")).not.toBe(customFieldKey("8"));
    expect(snovFieldKeys.map(customFieldId).every((id) => id === null)).toBe(true);
  });

  it("cannot be taken for the standard field of the same name", () => {
    expect(customFieldKey("email")).not.toBe("email");
    expect(customFieldId(customFieldKey("custom:1"))).toBe("custom:1");
  });
});

function textAt(messages: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], messages);
}
