export const workspaceCookie = "workspace";
