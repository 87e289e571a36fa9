CREATE TABLE "unconfirmed_writes" (
	"integration_id" uuid NOT NULL,
	"prospect_id" uuid NOT NULL,
	"sent" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unconfirmed_writes_integration_id_prospect_id_pk" PRIMARY KEY("integration_id","prospect_id")
);
--> statement-breakpoint
ALTER TABLE "unconfirmed_writes" ADD CONSTRAINT "unconfirmed_writes_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unconfirmed_writes" ADD CONSTRAINT "unconfirmed_writes_prospect_id_prospects_id_fk" FOREIGN KEY ("prospect_id") REFERENCES "public"."prospects"("id") ON DELETE cascade ON UPDATE no action;