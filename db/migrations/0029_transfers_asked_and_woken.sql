ALTER TABLE "transfers" ADD COLUMN "resumed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "answers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "wake_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "run_items_planned" ON "run_items" USING btree ("run_id","planned","sort_name","record_id");--> statement-breakpoint
UPDATE "run_items" i SET "name" = '' FROM "transfers" t WHERE t."run_id" = i."run_id" AND i."name" IS NULL;--> statement-breakpoint
UPDATE "transfers" SET "resumed_at" = "allowed_at";
