-- The audit trail: rows are only ever added, and each row's hash covers the one before it.

create table audit (
  seq bigint primary key,
  at bigint not null,
  actor_user text,
  actor_system text,
  role text not null,
  action text not null,
  patient text,
  object_kind text,
  object_id text,
  outcome text not null,
  reason text,
  detail text not null,
  session text,
  source text,
  hash text not null
);
create index audit_by_patient on audit (patient, seq);
create index audit_by_user on audit (actor_user, seq);
create index audit_by_time on audit (at);

-- One row: how long the chain is and its last hash, so that a cut tail shows.
create table audit_head (
  id bigint primary key,
  seq bigint not null,
  hash text not null
);
insert into audit_head (id, seq, hash)
values (1, 0, '');
