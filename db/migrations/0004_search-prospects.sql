-- Letters without accents and case, so that "Sao" finds "São" and Álvaro sorts under A.
CREATE FUNCTION fold_text(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(translate(value,
  'ÁÀÂÃÄÅáàâãäåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÕÖóòôõöÚÙÛÜúùûüÇçÑñÝýÿ',
  'aaaaaaaaaaaaeeeeeeeeiiiiiiiioooooooooouuuuuuuuccnnyyy'));--> statement-breakpoint
-- Each word carries the first eight characters of its workspace's id: one index, but nobody searches through another's words.
CREATE FUNCTION prospect_lexemes(workspace uuid, value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(string_to_array(
  regexp_replace(
    regexp_replace(fold_text(value), '[^[:alnum:]]+', ' ', 'g'),
    '[[:alnum:]]+', left(workspace::text, 8) || '_\&', 'g'),
  ' '), '');--> statement-breakpoint
CREATE FUNCTION prospect_words(workspace uuid, value text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(prospect_lexemes(workspace, value));--> statement-breakpoint
-- Every word of the search must begin some word of the prospect. Null when the search holds no word.
CREATE FUNCTION prospect_query(workspace uuid, value text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif('''' || array_to_string(prospect_lexemes(workspace, value), ''':* & ''') || ''':*', ''''':*')::tsquery;--> statement-breakpoint
DROP INDEX "prospects_trash";--> statement-breakpoint
ALTER TABLE "prospects" ADD COLUMN "email_words" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "prospects" ADD COLUMN "search_words" "tsvector" GENERATED ALWAYS AS (prospect_words(workspace_id, coalesce(left(first_name, 100), '') || ' ' || coalesce(left(last_name, 100), '') || ' ' || coalesce(left(company, 100), '') || ' ' || left(email_words, 300))) STORED;--> statement-breakpoint
ALTER TABLE "prospects" ADD COLUMN "sort_name" text GENERATED ALWAYS AS (left(fold_text(coalesce(nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email_words)), 200)) STORED;--> statement-breakpoint
CREATE INDEX "prospects_updated" ON "prospects" USING btree ("workspace_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "prospects_name" ON "prospects" USING btree ("workspace_id","sort_name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "prospects_search" ON "prospects" USING gin ("search_words") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "prospects_trash" ON "prospects" USING btree ("workspace_id","deleted_at","id") WHERE deleted_at is not null;--> statement-breakpoint
-- Whoever writes the addresses, the search and the name order follow.
CREATE FUNCTION keep_email_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner uuid := CASE WHEN tg_op = 'DELETE' THEN old.prospect_id ELSE new.prospect_id END;
BEGIN
  UPDATE prospects SET email_words = (
    SELECT coalesce(string_agg(match_key, ' ' ORDER BY is_primary DESC, position, match_key), '')
    FROM prospect_emails WHERE prospect_id = owner)
  WHERE id = owner;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER prospect_emails_words AFTER INSERT OR DELETE OR UPDATE OF match_key, is_primary, position ON prospect_emails
FOR EACH ROW EXECUTE FUNCTION keep_email_words();--> statement-breakpoint
UPDATE prospects SET email_words = emails.words
FROM (SELECT prospect_id, string_agg(match_key, ' ' ORDER BY is_primary DESC, position, match_key) AS words
      FROM prospect_emails GROUP BY prospect_id) emails
WHERE emails.prospect_id = prospects.id;
