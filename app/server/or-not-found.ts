import "server-only";
import { notFound } from "next/navigation";
import { ServiceError } from "@/services/service-error";

/** What a page shows; one that the workspace does not have is a page that could not be found. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") notFound();
    throw error;
  }
}
