import { createAContact } from "./actors/contact-people";
import { createAProspect } from "./actors/prospect-people";
import type { World } from "./world";

/** A few people, each known to one side or to both, alike or not. */
export async function createFirstPeople(world: World): Promise<void> {
  for (let at = 0; at < world.settings.people; at += 1) {
    const email = `p${at}@people.example`;
    const company = `Company ${at}`;
    switch (world.random.pick(["snov", "hubspot", "alike", "different"] as const)) {
      case "snov":
        await createAProspect(world, { emails: [email], first_name: `First ${at}`, company });
        break;
      case "hubspot":
        await createAContact(world, { email, firstname: `First ${at}`, company });
        break;
      case "alike":
        await createAProspect(world, { emails: [email], first_name: `First ${at}`, company });
        await createAContact(world, { email, firstname: `First ${at}`, company });
        break;
      default:
        await createAProspect(world, {
          emails: [email],
          first_name: `First ${at}`,
          company,
          last_name: "Ana",
        });
        await createAContact(world, { email, firstname: `Other ${at}`, company, lastname: "" });
    }
  }
}
