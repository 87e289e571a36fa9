/** Something the person at the terminal can put right: its message is all they see. */
export class Fault extends Error {
  name = "Fault";
}
