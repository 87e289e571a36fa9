import { z } from "zod";
import { type Action, actions, INSTALL_EVENT, UNINSTALL_EVENT } from "./journal-event";

const Actions = z.array(z.enum(actions)).min(1);
const typeId = z.string().regex(/^\d+-\d+$/, "must be an object type ID such as 0-1");
const ids = z.array(z.number().int()).default([]);
const portalId = z.number().int();

/** HubSpot's file asks for every list; its guide leaves out those that narrow nothing. */
export const SubscriptionBody = z.discriminatedUnion("subscriptionType", [
  z.object({
    subscriptionType: z.literal("OBJECT"),
    portalId,
    objectTypeId: typeId,
    actions: Actions,
    properties: z.array(z.string()).default([]),
    objectIds: ids,
  }),
  z.object({
    subscriptionType: z.literal("ASSOCIATION"),
    portalId,
    objectTypeId: typeId,
    actions: Actions,
    associatedObjectTypeIds: z.array(typeId).default([]),
    objectIds: ids,
  }),
  z.object({
    subscriptionType: z.literal("LIST_MEMBERSHIP"),
    portalId,
    actions: Actions,
    listIds: ids,
    objectIds: ids,
  }),
  z.object({
    subscriptionType: z.literal("GDPR_PRIVACY_DELETION"),
    portalId,
    objectTypeId: typeId,
    actions: Actions,
  }),
  z.object({
    subscriptionType: z.literal("APP_LIFECYCLE_EVENT"),
    eventTypeId: z.enum([INSTALL_EVENT, UNINSTALL_EVENT]),
    properties: z.array(z.string()).default([]),
  }),
]);
export type SubscriptionBody = z.infer<typeof SubscriptionBody>;

export interface Subscription {
  id: number;
  appId: number;
  subscriptionType: SubscriptionBody["subscriptionType"];
  objectTypeId: string;
  actions: Action[];
  /** Absent for what concerns the app as a whole. */
  portalId?: number;
  properties?: string[];
  objectIds?: number[];
  listIds?: number[];
  associatedObjectTypeIds?: string[];
  createdAt: string;
  updatedAt: string;
}

export const Condition = z.object({
  filterType: z.literal("CRM_OBJECT_PROPERTY"),
  property: z.string(),
  operator: z.enum([
    "EQ",
    "N_EQ",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "CONTAINS",
    "STARTS_WITH",
    "ENDS_WITH",
    "IN",
    "NOT_IN",
    "IS_EMPTY",
    "IS_NOT_EMPTY",
  ]),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
});
export type Condition = z.infer<typeof Condition>;

/** All conditions of a filter have to hold; of several filters, one. */
export interface SubscriptionFilter {
  id: number;
  subscriptionId: number;
  createdAt: number;
  filter: { conditions: Condition[] };
}
