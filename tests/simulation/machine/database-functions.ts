/** Before the migrations, so that the defaults of columns use them. Outside of a run they do what they always do. */
export const createSimulationFunctions = `
create function public.now() returns timestamptz language sql stable as $$
  select coalesce(nullif(current_setting('sim.now', true), '')::timestamptz, pg_catalog.now())
$$;
create sequence sim_ids;
create function public.gen_random_uuid() returns uuid language sql volatile as $$
  select overlay(overlay(
    md5(coalesce(current_setting('sim.seed', true), '') || nextval('sim_ids'))
    placing '4' from 13) placing '8' from 17)::uuid
$$;`;

/** Who wrote which prospect, seen from below every service: the witness against whom the activities are checked. */
export const watchProspects = `
create table sim_journal (
  seq bigserial primary key, at timestamptz not null default now(),
  actor text not null default coalesce(current_setting('sim.actor', true), ''),
  source text not null, was jsonb, is_now jsonb);
create function sim_watch() returns trigger language plpgsql as $$
begin
  insert into sim_journal (source, was, is_now) values (tg_table_name,
    case when tg_op = 'INSERT' then null else to_jsonb(old) - 'search_words' end,
    case when tg_op = 'DELETE' then null else to_jsonb(new) - 'search_words' end);
  return null;
end $$;
create trigger sim_watch_prospects after insert or update or delete on prospects
  for each row execute function sim_watch();
create trigger sim_watch_links after insert or update or delete on record_links
  for each row execute function sim_watch();
create trigger sim_watch_emails after insert or update or delete on prospect_emails
  for each row execute function sim_watch();`;

/** A row that goes although it was noticed again after a page had claimed it: the witness of lost notices. */
export const watchPending = `
create table sim_claims (id bigint primary key, generation int not null);
create table sim_lost_notices (side text not null, record_id text not null);
create function sim_watch_pending() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into sim_lost_notices select old.side, old.record_id from sim_claims c
      where c.id = old.id and c.generation < old.generation;
  elsif new.lease is not null and new.lease is distinct from old.lease then
    insert into sim_claims values (new.id, new.generation)
      on conflict (id) do update set generation = excluded.generation;
  end if;
  return null;
end $$;
create trigger sim_watch_pending after update or delete on pending_records
  for each row execute function sim_watch_pending();`;

/** What a transaction changed of what pages conclude, and which records it let go: the witness of pages that died. */
export const watchActs = `
create table sim_acts (
  seq bigserial primary key, tx bigint not null default txid_current(),
  actor text not null default coalesce(current_setting('sim.actor', true), ''),
  source text not null, record text);
create function sim_watch_acts() returns trigger language plpgsql as $$
begin
  insert into sim_acts (source) values (tg_table_name);
  return null;
end $$;
create function sim_watch_releases() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into sim_acts (source, record) values ('settled', old.side || ' ' || old.record_id);
  elsif old.lease is not null and new.lease is null then
    insert into sim_acts (source, record) values ('released', old.side || ' ' || old.record_id);
  end if;
  return null;
end $$;
create trigger sim_watch_releases after update or delete on pending_records
  for each row execute function sim_watch_releases();
${["prospects", "prospect_emails", "record_links", "record_statuses", "conflicts"]
  .map(
    (table) =>
      `create trigger sim_watch_acts after insert or update or delete on ${table} for each row execute function sim_watch_acts();`,
  )
  .join("\n")}`;

/** Those that only make reading faster: in tables of a few rows they make everything slower. */
export const dropPlainIndexes = `
do $$ declare name text; begin
  for name in select indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace and not indisunique
  loop execute 'drop index ' || name; end loop;
end $$;`;
