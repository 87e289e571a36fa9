import { userInfo } from "node:os";

/** What went wrong and what to do about it. An error that nobody foresaw keeps its stack. */
export function explainFault(error) {
  if (!(error instanceof Error)) return String(error);
  const path = error.path ? ` (${error.path})` : "";
  switch (error.code) {
    case "ENOSPC":
    case "EDQUOT":
      return `The disk is full${path}. The project needs about 2 GB: free some space and run the command again.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `The user ${userName()} may not write here${path}. Give this folder to that user, or run the command from a copy of your own.`;
    case "EMFILE":
    case "ENFILE":
      return "Too many files are open. Raise the limit (ulimit -n 4096) and run the command again.";
    default:
      return error.name === "Fault" ? error.message : (error.stack ?? error.message);
  }
}

function userName() {
  try {
    return userInfo().username;
  } catch {
    return `with the id ${process.getuid?.()}`;
  }
}
