export interface ContactList {
  listId: string;
  name: string;
  processingType: "MANUAL" | "DYNAMIC" | "SNAPSHOT";
  listVersion: number;
  createdAt: number;
  updatedAt: number;
  deletedAt?: number;
  /** What a dynamic list asks of its members: this property has this value. */
  rule?: { property: string; value: string };
}
