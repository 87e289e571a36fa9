import { z } from "zod";
import { FieldValue } from "@/services/prospects/parse-prospect-input";
import { sides } from "@/sync/side";

/** `value` is typed as HubSpot has it: for choices, one of HubSpot's. */
export const ChoiceInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("take"), side: z.enum(sides) }),
  z.object({ kind: z.literal("value"), value: FieldValue }),
  z.object({ kind: z.literal("leave") }),
  z.object({ kind: z.literal("remove") }),
  z.object({ kind: z.literal("bring_back") }),
  z.object({ kind: z.literal("link") }),
  z.object({ kind: z.literal("apart") }),
]);
