DROP INDEX "run_items_names";--> statement-breakpoint
DROP INDEX "run_items_overwrites";--> statement-breakpoint
DROP INDEX "activities_run";--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "sort_name" text GENERATED ALWAYS AS (left(fold_text(name), 200)) STORED;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "undoes" uuid;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_undoes_runs_id_fk" FOREIGN KEY ("undoes") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transfers_undoes" ON "transfers" USING btree ("undoes") WHERE undoes is not null;--> statement-breakpoint
CREATE INDEX "run_items_names" ON "run_items" USING btree ("run_id","sort_name","record_id");--> statement-breakpoint
CREATE INDEX "run_items_overwrites" ON "run_items" USING btree ("run_id","sort_name","record_id") WHERE overwrites;--> statement-breakpoint
CREATE INDEX "activities_run" ON "activities" USING btree ("run_id","prospect_id","id") WHERE run_id is not null;