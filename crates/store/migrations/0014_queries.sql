-- Queries to practitioners, and the gaps in the documentation that give rise to them.

create table query (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text not null references encounter (id),
  state text not null,
  timing text not null,
  responsible_key text not null,
  party text,
  author text references account (id),
  due bigint not null,
  created bigint not null,
  updated bigint not null,
  body text not null
);
create index query_by_due on query (state, due, id);
create index query_by_responsible on query (responsible_key, state, due, id);
create index query_by_author on query (author, state, due, id);
create index query_by_encounter on query (encounter, state);
create index query_by_patient on query (patient);
create index query_by_created on query (created, id);

create table alert (
  identity text primary key,
  patient text not null references patient (id),
  encounter text not null references encounter (id),
  rule text not null,
  kind text not null,
  state text not null,
  raised bigint not null,
  updated bigint not null,
  body text not null
);
create index alert_by_state on alert (state, kind, raised, identity);
create index alert_by_encounter on alert (encounter, state);
create index alert_by_patient on alert (patient);
