import { z } from "zod";

const Properties = z.record(z.string(), z.string());
const associations = z.array(z.unknown()).optional();
const objectWriteTraceId = z.string().optional();

export const CreateBody = z.object({ properties: Properties, associations, objectWriteTraceId });
export const UpdateBody = z.object({ properties: Properties, objectWriteTraceId });
export const MergeBody = z.object({ primaryObjectId: z.string(), objectIdToMerge: z.string() });
export const PrivacyDeleteBody = z.object({ objectId: z.string(), idProperty: z.string().optional() });

export const BatchCreateBody = batchOf(CreateBody);
export const BatchUpdateBody = batchOf(
  UpdateBody.extend({ id: z.string(), idProperty: z.string().optional() }),
);
export const BatchArchiveBody = batchOf(z.object({ id: z.string() }));
export const BatchReadBody = batchOf(z.object({ id: z.string() })).extend({
  properties: z.array(z.string()).optional(),
  propertiesWithHistory: z.array(z.string()).optional(),
  idProperty: z.string().optional(),
});

const Filter = z.object({
  propertyName: z.string(),
  operator: z.enum([
    "EQ",
    "NEQ",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "BETWEEN",
    "IN",
    "NOT_IN",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
    "CONTAINS_TOKEN",
    "NOT_CONTAINS_TOKEN",
  ]),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
  highValue: z.string().optional(),
});
export type Filter = z.infer<typeof Filter>;

const Sort = z.object({
  propertyName: z.string(),
  direction: z.enum(["ASCENDING", "DESCENDING"]).optional(),
});
export const SearchBody = z.object({
  query: z.string().optional(),
  filterGroups: z
    .array(z.object({ filters: z.array(Filter).max(6) }))
    .max(5)
    .optional(),
  sorts: z
    .array(z.union([z.string(), Sort]))
    .max(1)
    .optional(),
  properties: z.array(z.string()).optional(),
  limit: z.number().int().min(0).max(200).optional(),
  after: z.union([z.string(), z.number()]).optional(),
});
export type SearchBody = z.infer<typeof SearchBody>;

function batchOf<T extends z.ZodType>(input: T) {
  return z.object({ inputs: z.array(input).max(100) });
}
