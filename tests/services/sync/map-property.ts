import { rereadProperties } from "@/services/properties/reread-properties";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import type { SyncWorld } from "../../support/sync-world";

/** A text field that both sides have: a property made in HubSpot, and a custom field mapped to it. */
export async function mapTextProperty(world: SyncWorld, name: string) {
  await world.sandbox.control("POST", `/accounts/${ACCOUNT}/properties`, {
    name,
    label: `Our ${name}`,
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
  });
  await rereadProperties(world.ctx, world.connectionId);
  return world.addMapping({ snovField: await world.addCustomField(name), hubspotProperty: name });
}
