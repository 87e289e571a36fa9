DROP INDEX "run_items_outcome";--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "email_words" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "search_words" "tsvector" GENERATED ALWAYS AS (prospect_words(run_id, coalesce(left(name, 200), '') || ' ' || left(email_words, 300))) STORED;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "held" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "saved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "hindered" jsonb;--> statement-breakpoint
CREATE INDEX "run_items_outcomes" ON "run_items" USING btree ("run_id","outcome","sort_name","record_id");--> statement-breakpoint
CREATE INDEX "run_items_held" ON "run_items" USING btree ("run_id","sort_name","record_id") WHERE held;--> statement-breakpoint
CREATE INDEX "run_items_search" ON "run_items" USING gin ("search_words");