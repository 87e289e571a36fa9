/** Known to everybody, so it exists only while the sandbox is in use. */
export const demoSignIn = { email: "demo@example.com", password: "demo-demo-demo", name: "Demo Owner" };
