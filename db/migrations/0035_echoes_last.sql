DROP INDEX "pending_records_due";--> statement-breakpoint
ALTER TABLE "pending_records" ADD COLUMN "echo" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "pending_records_turn" ON "pending_records" USING btree ("integration_id","echo","due_at");--> statement-breakpoint
CREATE INDEX "pending_records_lease" ON "pending_records" USING btree ("lease") WHERE lease is not null;