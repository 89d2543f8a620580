-- The department's work: what arrives, jobs, merges and their undoing, settings.

create table arrival (
  id text primary key,
  channel text not null,
  sender text not null,
  control_id text,
  kind text not null,
  original text not null references original (digest),
  mended_from text,
  received bigint not null,
  state text not null,
  reason text not null,
  order_key text,
  patient text references patient (id),
  attempts bigint not null,
  updated bigint not null,
  unique (sender, control_id)
);
create index arrival_by_state on arrival (state, received, id);
create index arrival_by_time on arrival (received, id);
create index arrival_by_order on arrival (order_key, state, received);
create index arrival_by_patient on arrival (patient);

create table job (
  id text primary key,
  kind text not null,
  payload text not null,
  state text not null,
  due bigint not null,
  attempts bigint not null,
  worker text,
  lease_until bigint,
  reason text not null,
  created bigint not null
);
create index job_by_due on job (state, due, id);

create table patient_merge (
  id text primary key,
  survivor text not null references patient (id),
  absorbed text not null references patient (id),
  survivor_before text not null,
  absorbed_before text not null,
  survivor_version_after bigint not null,
  made_by text not null,
  made_at bigint not null,
  reason text not null,
  undone_by text,
  undone_at bigint
);
create index patient_merge_by_survivor on patient_merge (survivor);
create index patient_merge_by_absorbed on patient_merge (absorbed);

create table patient_merge_moved (
  merge_id text not null references patient_merge (id),
  kind text not null,
  row_key text not null,
  primary key (merge_id, kind, row_key)
);

create table pair_decision (
  lower text not null references patient (id),
  higher text not null references patient (id),
  decision text not null,
  decided_by text not null,
  decided_at bigint not null,
  reason text not null,
  primary key (lower, higher)
);

create table pair_review (
  lower text not null references patient (id),
  higher text not null references patient (id),
  weight double precision not null,
  outcome text not null,
  fields text not null,
  state text not null,
  found bigint not null,
  primary key (lower, higher)
);
create index pair_review_by_state on pair_review (state, weight);

create table setting (
  name text primary key,
  version bigint not null,
  body text not null,
  updated bigint not null
);
