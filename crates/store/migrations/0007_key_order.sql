-- Keys are looked up by the hundred within one system and kind. Without statistics PostgreSQL reads every key of the
-- kind for that when the key itself stands last in the index: an import on a new database slowed with each batch.

-- only postgres
alter table source_key
  drop constraint source_key_pkey,
  add primary key (source_key, system, kind);
