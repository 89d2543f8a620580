-- Signatures made here, what is written after the fact, patients' requests to amend, and dictations.

create table signature (
  id text primary key,
  document text not null references document (id),
  version bigint not null,
  signer text not null references account (id),
  meaning text not null,
  at bigint not null,
  body text not null
);
-- One person signs one version once in one meaning; a second click adds nothing.
create unique index signature_once on signature (document, version, signer, meaning);

-- Who is asked to sign what: the author of what was written here, and who shall co-sign. A signer is an account
-- (`account/…`) or an entry of the directory (`party/…`).
create table signature_request (
  document text not null references document (id),
  signer text not null,
  meaning text not null,
  asked bigint not null,
  asked_by text not null,
  primary key (document, signer, meaning)
);
create index signature_request_by_signer on signature_request (signer, asked);

create table amendment (
  id text primary key,
  patient text not null references patient (id),
  kind text not null,
  original text references document (id),
  document text not null references document (id),
  written bigint not null,
  flagged bigint not null,
  body text not null
);
create index amendment_by_original on amendment (original);
create index amendment_by_document on amendment (document);
create index amendment_by_patient on amendment (patient, written);
create index amendment_flagged on amendment (flagged, written);

create table billing (
  encounter text primary key references encounter (id),
  billed bigint,
  audit_requested bigint
);

create table patient_request (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  state text not null,
  due bigint,
  body text not null
);
create index patient_request_by_state on patient_request (state, due, id);
create index patient_request_by_patient on patient_request (patient, id);

create table dictation (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text not null references encounter (id),
  state text not null,
  stat bigint not null,
  author text,
  typist text,
  due bigint,
  audio text references original (digest),
  body text not null
);
create index dictation_by_state on dictation (state, stat, due, id);
create index dictation_by_author on dictation (author, state);
create index dictation_by_patient on dictation (patient, id);

-- What waits for a signature is looked for by encounter.
create index document_unsigned on document (encounter) where status = 'preliminary';
