import { respondJson } from "@/app/server/respond-json";
import { readUnread } from "@/services/telling/read-notices";

export const GET = () => respondJson((ctx) => readUnread(ctx));
