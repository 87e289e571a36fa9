DROP INDEX "activities_workspace";--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "undoes_changes" jsonb;--> statement-breakpoint
CREATE INDEX "activities_time" ON "activities" USING btree ("workspace_id","at","id");--> statement-breakpoint
CREATE INDEX "activities_person" ON "activities" USING btree ("workspace_id",(cause ->> 'userId'),"at","id") WHERE cause ->> 'userId' is not null;--> statement-breakpoint
CREATE INDEX "activities_run_time" ON "activities" USING btree ("run_id","at","id") WHERE run_id is not null;