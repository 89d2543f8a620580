-- What records lack, and how far each encounter's record has been analysed.

create table deficiency (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text not null references encounter (id),
  rule text not null,
  subject text not null,
  kind text not null,
  state text not null,
  pile text not null,
  setting text not null,
  step text not null,
  responsible text not null,
  responsible_key text not null,
  party text,
  due bigint not null,
  created bigint not null,
  updated bigint not null,
  body text not null,
  unique (encounter, rule, subject)
);
create index deficiency_by_due on deficiency (pile, due, id);
create index deficiency_by_responsible on deficiency (responsible_key, pile, due, id);
create index deficiency_by_kind on deficiency (pile, kind, due, id);
create index deficiency_by_setting on deficiency (pile, setting, due, id);
create index deficiency_by_patient on deficiency (patient, pile);

create table analysis (
  encounter text primary key references encounter (id),
  version bigint not null,
  patient text not null references patient (id),
  setting text not null,
  state text not null,
  discharged bigint not null,
  due bigint not null,
  owed bigint not null,
  predicted bigint not null,
  evaluated bigint not null,
  body text not null
);
create index analysis_by_state on analysis (state, discharged, encounter);
create index analysis_by_due on analysis (state, due, encounter);
create index analysis_by_patient on analysis (patient);
