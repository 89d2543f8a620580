-- The codes of encounters, what became of each change, and the DRGs that were reached on the way.

create table code_set (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text not null references encounter (id),
  purpose text not null,
  state text not null,
  updated bigint not null,
  coder text references account (id),
  drg bigint,
  body text not null,
  unique (encounter, purpose)
);
create index code_set_by_state on code_set (purpose, state, updated, id);
create index code_set_by_patient on code_set (patient);
create index code_set_by_coder on code_set (coder, state);

-- One line for each code: the indexes by disease and operation are read from here.
create table code_line (
  code_set text not null references code_set (id),
  kind text not null,
  place bigint not null,
  code text not null,
  present text not null,
  primary key (code_set, kind, place)
);
create index code_line_by_code on code_line (kind, code, code_set);

-- Baseline, working and final DRG, each as it was reached.
create table drg_reached (
  code_set text not null references code_set (id),
  stage text not null,
  at bigint not null,
  by_whom text not null,
  drg bigint not null,
  body text not null,
  primary key (code_set, stage, at)
);
