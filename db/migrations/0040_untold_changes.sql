CREATE TABLE "untold_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"way" text NOT NULL,
	"integration_id" uuid,
	"account_id" text,
	"record_id" text,
	"dedupe_key" text NOT NULL,
	"brought" boolean NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "journal_positions" ADD COLUMN "uninstalls_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "untold_changes" ADD CONSTRAINT "untold_changes_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "untold_changes_once" ON "untold_changes" USING btree ("way",coalesce("integration_id"::text, "account_id"),"dedupe_key");--> statement-breakpoint
CREATE INDEX "untold_changes_integration" ON "untold_changes" USING btree ("integration_id","found_at") WHERE integration_id is not null;--> statement-breakpoint
CREATE INDEX "untold_changes_account" ON "untold_changes" USING btree ("account_id","found_at") WHERE account_id is not null;--> statement-breakpoint
CREATE INDEX "untold_changes_found" ON "untold_changes" USING btree ("found_at");--> statement-breakpoint
INSERT INTO "untold_changes" ("way", "integration_id", "record_id", "dedupe_key", "brought", "occurred_at", "found_at")
SELECT 'search', i."id", n."record_id", substr(n."dedupe_key", length('search ' || i."id"::text || '|') + 1), n."kind" = 'otherwise.brought', n."occurred_at", n."received_at"
FROM "change_notices" n JOIN "integrations" i ON n."account_id" = 'search ' || i."id"::text
WHERE n."kind" IN ('search.found', 'otherwise.brought') ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO "untold_changes" ("way", "account_id", "record_id", "dedupe_key", "brought", "occurred_at", "found_at")
SELECT 'journal', substr("account_id", length('journal ') + 1), "record_id", substr("dedupe_key", length('untold|') + 1), true, "occurred_at", "received_at"
FROM "change_notices" WHERE "kind" = 'otherwise.brought' AND "account_id" LIKE 'journal %' ON CONFLICT DO NOTHING;--> statement-breakpoint
DELETE FROM "change_notices" WHERE "kind" IN ('search.found', 'otherwise.brought');
