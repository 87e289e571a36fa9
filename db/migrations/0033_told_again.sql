ALTER TABLE "notices" ADD COLUMN "told_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "told_count" integer;--> statement-breakpoint
UPDATE "notices" SET "told_at" = "raised_at", "told_count" = ("params" ->> 'count')::int;
