CREATE TABLE "hourly_calls" (
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"peak" integer DEFAULT 0 NOT NULL,
	"allowed" integer NOT NULL,
	CONSTRAINT "hourly_calls_account_kind_hour_pk" PRIMARY KEY("account","kind","hour")
);
--> statement-breakpoint
CREATE TABLE "hourly_changes" (
	"integration_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"side" text NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	"transferred" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "hourly_changes_integration_id_hour_side_pk" PRIMARY KEY("integration_id","hour","side")
);
--> statement-breakpoint
CREATE TABLE "hourly_latencies" (
	"integration_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"bucket" smallint NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "hourly_latencies_integration_id_hour_bucket_pk" PRIMARY KEY("integration_id","hour","bucket")
);
--> statement-breakpoint
CREATE TABLE "hourly_statuses" (
	"integration_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"in_sync" integer NOT NULL,
	"waiting" integer NOT NULL,
	"failing" integer NOT NULL,
	"in_conflict" integer NOT NULL,
	"excluded" integer NOT NULL,
	CONSTRAINT "hourly_statuses_integration_id_hour_pk" PRIMARY KEY("integration_id","hour")
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "started_by_name" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reasons" jsonb;--> statement-breakpoint
ALTER TABLE "hourly_changes" ADD CONSTRAINT "hourly_changes_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hourly_latencies" ADD CONSTRAINT "hourly_latencies_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hourly_statuses" ADD CONSTRAINT "hourly_statuses_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hourly_calls_hour" ON "hourly_calls" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "hourly_changes_hour" ON "hourly_changes" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "hourly_latencies_hour" ON "hourly_latencies" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "hourly_statuses_hour" ON "hourly_statuses" USING btree ("hour");