-- The record: patients, encounters, entries, documents, the directory, and the originals they were read from.
-- Column types are `text`, `bigint`, `double precision`, `bytes` and `counter`; src/dialect.rs says what they are in
-- each database. Instants are microseconds since 1970, identifiers are ULIDs, digests are 64 hex digits.

create table original (
  digest text primary key,
  media_type text not null,
  size_bytes bigint not null,
  packed bytes not null
);

create table patient (
  id text primary key,
  version bigint not null,
  body text not null,
  filed_name text not null,
  family text not null,
  given text not null,
  birth text,
  sex text not null,
  merged_into text,
  merge_id text,
  restriction text,
  restricted_by text,
  restricted_at bigint,
  updated bigint not null
);
create index patient_by_filed_name on patient (filed_name, id);
create index patient_by_family on patient (family, given);
create index patient_by_given on patient (given);
create index patient_by_birth on patient (birth);
create index patient_by_merge on patient (merged_into);
create index patient_by_restriction on patient (restriction);

create table patient_identifier (
  patient text not null references patient (id),
  place bigint not null,
  system text not null,
  value text not null,
  kind text not null,
  primary key (patient, place)
);
create index patient_identifier_by_value on patient_identifier (value, system);

create table patient_block (
  patient text not null references patient (id),
  block text not null,
  primary key (patient, block)
);
create index patient_block_by_block on patient_block (block);

create table encounter (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  setting text not null,
  status text not null,
  since bigint,
  until bigint,
  at bigint not null,
  body text not null,
  channel text not null,
  source_system text,
  source_kind text,
  source_key text,
  original text references original (digest),
  received bigint not null
);
create index encounter_by_patient on encounter (patient, at, id);
create index encounter_by_status on encounter (status, setting, at, id);
create index encounter_by_time on encounter (at, id);

create table encounter_identifier (
  encounter text not null references encounter (id),
  place bigint not null,
  system text not null,
  value text not null,
  kind text not null,
  primary key (encounter, place)
);
create index encounter_identifier_by_value on encounter_identifier (value, system);

create table encounter_attendance (
  encounter text not null references encounter (id),
  place bigint not null,
  role text not null,
  system text not null,
  source_key text not null,
  primary key (encounter, place)
);
create index encounter_attendance_by_key on encounter_attendance (source_key, system);

create table entry (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text references encounter (id),
  kind text not null,
  category text not null,
  code_system text not null,
  code text not null,
  at bigint not null,
  in_error bigint not null,
  body text not null,
  channel text not null,
  source_system text,
  source_kind text,
  source_key text,
  original text references original (digest),
  received bigint not null
);
create index entry_by_patient on entry (patient, kind, at, id);
create index entry_by_time on entry (kind, at, id);
create index entry_by_encounter on entry (encounter);

create table document (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text references encounter (id),
  kind text not null,
  title text not null,
  status text not null,
  at bigint not null,
  body text not null,
  channel text not null,
  source_system text,
  source_kind text,
  source_key text,
  original text references original (digest),
  received bigint not null
);
create index document_by_patient on document (patient, at, id);
create index document_by_time on document (at, id);
create index document_by_encounter on document (encounter);

create table document_version (
  document text not null references document (id),
  version bigint not null,
  body text not null,
  channel text not null,
  source_system text,
  source_kind text,
  source_key text,
  original text references original (digest),
  received bigint not null,
  primary key (document, version)
);

create table party (
  id text primary key,
  version bigint not null,
  kind text not null,
  name text not null,
  folded_name text not null,
  active bigint not null,
  body text not null,
  updated bigint not null
);
create index party_by_name on party (kind, folded_name);

create table source_key (
  system text not null,
  kind text not null,
  source_key text not null,
  target text not null,
  original text,
  applied bigint not null,
  primary key (system, kind, source_key)
);
create index source_key_by_target on source_key (target);

create table kept (
  system text not null,
  kind text not null,
  source_key text not null,
  type text not null,
  patient text references patient (id),
  reason text not null,
  original text not null references original (digest),
  received bigint not null,
  in_error bigint not null,
  primary key (system, kind, source_key)
);
create index kept_by_patient on kept (patient, type);
create index kept_by_type on kept (type, system, source_key);
