import { z } from "zod";

/** An address as people type it: outer spaces and capitals do not matter. */
export const EmailInput = z.string().trim().toLowerCase().max(254).pipe(z.email("email_invalid"));

export const NewPassword = z.string().min(10, "password_too_short").max(200, "password_too_long");

export const PersonName = z.string().trim().min(1, "name_missing").max(100, "name_too_long");

export const WorkspaceName = z.string().trim().min(1, "name_missing").max(100, "name_too_long");
