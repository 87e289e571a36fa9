import { vi } from "vitest";

/**
 * Before each test file: our modules are loaded anew, as they keep the environment and the database's client; the packages
 * stay, which took longer to load than most files' tests.
 */
vi.resetModules();
