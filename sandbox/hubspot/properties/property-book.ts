import type { Store } from "../store/store";
import type { Property, PropertyGroup } from "./property";

export class PropertyBook {
  private readonly rows: ReadonlyMap<string, Property>;
  private readonly groupRows: ReadonlyMap<string, PropertyGroup>;
  private readonly store: Store;
  private readonly portalId: number;
  private uniques: string[] | null = null;

  constructor(store: Store, portalId: number) {
    this.store = store;
    this.portalId = portalId;
    this.rows = store.table(`property:${portalId}`);
    this.groupRows = store.table(`group:${portalId}`);
  }

  /** Property names are case-insensitive in requests and lower case in answers. */
  get(name: string): Property | undefined {
    const property = this.rows.get(name.toLowerCase());
    return property?.archived ? undefined : property;
  }

  /** Archived ones too. */
  find(name: string): Property | undefined {
    return this.rows.get(name.toLowerCase());
  }

  all(archived = false): Property[] {
    return [...this.rows.values()].filter((property) => property.archived === archived);
  }

  save(property: Property): void {
    this.uniques = null;
    this.store.put(`property:${this.portalId}`, property.name, property);
  }

  /** The e-mail address is unique too, but has an index of its own. */
  uniqueNames(): string[] {
    this.uniques ??= [...this.rows.values()]
      .filter((property) => property.hasUniqueValue && property.name !== "email")
      .map((property) => property.name);
    return this.uniques;
  }

  group(name: string): PropertyGroup | undefined {
    return this.groupRows.get(name);
  }

  groups(): PropertyGroup[] {
    return [...this.groupRows.values()].filter((group) => !group.archived);
  }

  saveGroup(group: PropertyGroup): void {
    this.store.put(`group:${this.portalId}`, group.name, group);
  }
}
