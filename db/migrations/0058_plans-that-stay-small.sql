DROP INDEX "run_items_latest";--> statement-breakpoint
-- By the ids that were written: joined with what was written, all prospects were gone through while nobody had counted them yet.
CREATE OR REPLACE FUNCTION keep_email_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE $words$
    WITH current AS MATERIALIZED (
      SELECT owner.id, (
        SELECT coalesce(string_agg(match_key, ' ' ORDER BY is_primary DESC, position, match_key), '')
        FROM prospect_emails WHERE prospect_id = owner.id) AS words
      FROM prospects owner WHERE owner.id = ANY (ARRAY(SELECT prospect_id FROM written)))
    UPDATE prospects SET email_words = current.words
    FROM current WHERE prospects.id = current.id AND email_words IS DISTINCT FROM current.words
  $words$;
  RETURN null;
END $$;
