CREATE TABLE "transfers" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"from_snov" boolean NOT NULL,
	"from_hubspot" boolean NOT NULL,
	"prospects" jsonb NOT NULL,
	"contacts" jsonb NOT NULL,
	"preview" jsonb NOT NULL,
	"done" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"allowed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "planned" text;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "changes" jsonb;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "overwrites" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "lease" uuid;--> statement-breakpoint
ALTER TABLE "run_items" ADD COLUMN "leased_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "run_id" uuid;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_items_latest" ON "run_items" USING btree ("run_id","at");--> statement-breakpoint
CREATE INDEX "run_items_names" ON "run_items" USING btree ("run_id","name","record_id");--> statement-breakpoint
CREATE INDEX "run_items_overwrites" ON "run_items" USING btree ("run_id","name","record_id") WHERE overwrites;--> statement-breakpoint
CREATE INDEX "run_items_due" ON "run_items" USING btree ("run_id","planned","side","record_id") WHERE outcome = 'planned';--> statement-breakpoint
CREATE INDEX "activities_run" ON "activities" USING btree ("run_id","id") WHERE run_id is not null;