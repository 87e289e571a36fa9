CREATE TABLE "rate_budgets" (
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"max_calls" integer NOT NULL,
	"window_ms" integer NOT NULL,
	"paused_until" timestamp with time zone,
	"pause_reason" text,
	"foreign_calls" integer DEFAULT 0 NOT NULL,
	"foreign_until" timestamp with time zone,
	"bulk_rest_until" timestamp with time zone,
	"bulk_wanted_until" timestamp with time zone,
	CONSTRAINT "rate_budgets_account_kind_pk" PRIMARY KEY("account","kind")
);
--> statement-breakpoint
CREATE TABLE "rate_slots" (
	"account" text NOT NULL,
	"kind" text NOT NULL,
	"slot" integer NOT NULL,
	"lane" text NOT NULL,
	"lease" uuid NOT NULL,
	"free_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rate_slots_account_kind_slot_pk" PRIMARY KEY("account","kind","slot")
);
