/** Who made a change, in the words of HubSpot's history and webhooks. */
export interface Source {
  type: "INTEGRATION" | "CRM_UI" | "MERGE_OBJECTS" | "IMPORT";
  id: string;
}

export function appSource(appId: number): Source {
  return { type: "INTEGRATION", id: String(appId) };
}

export function userSource(userId: number): Source {
  return { type: "CRM_UI", id: `userId:${userId}` };
}
