ALTER TABLE "conflicts" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "resolution" jsonb;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "resolution_id" uuid;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "resolved_by" uuid;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "resolved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "stop_reason" text;--> statement-breakpoint
ALTER TABLE "conflicts" ADD CONSTRAINT "conflicts_resolved_by_users_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conflicts_resolution" ON "conflicts" USING btree ("resolution_id") WHERE resolution_id is not null;--> statement-breakpoint
CREATE INDEX "conflicts_apart" ON "conflicts" USING btree ("integration_id","side","record_id") WHERE outcome = 'apart';--> statement-breakpoint
CREATE INDEX "conflicts_apart_other" ON "conflicts" USING btree ("integration_id","other_id") WHERE outcome = 'apart';