-- Looking at coded work again: audit samples, codes kept by the program alone, and what each change of codes was before.

create table coding_sample (
  id text primary key,
  drawn bigint not null,
  body text not null
);
create index coding_sample_by_drawn on coding_sample (drawn, id);

create table audited_case (
  id text primary key,
  version bigint not null,
  sample text not null references coding_sample (id),
  place bigint not null,
  patient text not null references patient (id),
  encounter text not null references encounter (id),
  coder text,
  auditor text,
  state text not null,
  settled bigint,
  body text not null,
  unique (sample, place)
);
create index audited_case_by_encounter on audited_case (encounter, state);
create index audited_case_by_coder on audited_case (coder, state);
create index audited_case_by_settled on audited_case (settled);
create index audited_case_by_patient on audited_case (patient);

-- The codes that the program alone would have given an encounter: compared, and never billed.
create table shadow_codes (
  encounter text primary key references encounter (id),
  patient text not null references patient (id),
  class text not null,
  made bigint not null,
  body text not null
);
create index shadow_codes_by_class on shadow_codes (class, made);
create index shadow_codes_by_patient on shadow_codes (patient);

-- The codes as they were before each change: a version of the code set, the codes that it changed, and, where it took a
-- change back, the version that was taken back.
create table code_change (
  code_set text not null references code_set (id),
  version bigint not null,
  taken_back bigint,
  body text not null,
  primary key (code_set, version)
);
