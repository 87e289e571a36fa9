/** An internal name for a property, made from its label and unlike those taken: HubSpot never lets it change. */
export function propertyName(label: string, taken: ReadonlySet<string>): string {
  const letters = label
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 80);
  // HubSpot keeps names that begin with "hs_" to itself.
  const isFree = /^[a-z]/.test(letters) && !/^hs(_|$)/.test(letters);
  const stem = isFree ? letters : `field_${letters}`.replace(/_$/, "");
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}_${number}`;
    if (!taken.has(name)) return name;
  }
}
