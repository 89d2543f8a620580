-- Full text: one row for each document and each entry with words. The index itself differs: src/search/index.rs.

create table search_text (
  place counter,
  kind text not null,
  object text not null,
  patient text not null references patient (id),
  encounter text,
  type text not null,
  at bigint not null,
  title text not null,
  body text not null,
  unique (kind, object)
);
create index search_text_by_patient on search_text (patient);

-- only sqlite
create virtual table search_index using fts5 (title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');

-- only postgres
create table search_index (
  rowid bigint primary key references search_text (place) on delete cascade,
  terms tsvector not null
);
create index search_index_by_terms on search_index using gin (terms);
