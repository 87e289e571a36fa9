ALTER TABLE "activities" ADD COLUMN "givers" jsonb;--> statement-breakpoint
CREATE INDEX "activities_contact" ON "activities" USING btree ("integration_id","contact_id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "activities_ungiven" ON "activities" USING btree ("integration_id","id") WHERE givers is null and kind = 'prospect/edited' and cause ->> 'kind' = 'sync';