const needed = [20, 19];

/** Ends the program with a clear message on a Node that is too old. Plain syntax, so that an old Node can read it. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  console.error(
    `This needs Node ${needed.join(".")} or newer, and this is Node ${process.versions.node}.\nInstall a newer one from https://nodejs.org and run the command again.`,
  );
  process.exit(1);
}
