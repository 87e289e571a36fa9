import { writeFileSync } from "node:fs";
import { person } from "./person";

/** Run with tsx after a change to the names: rewrites the people that other sample data may share. */
const people = Array.from({ length: 120 }, (_, at) => person(at + 1));
writeFileSync(new URL("./shared-people.json", import.meta.url), `${JSON.stringify(people, null, 2)}\n`);
