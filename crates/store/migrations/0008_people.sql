-- Who a person was in every version, with where each version came from, as documents have it. A version that was
-- stored before versions were kept has no channel. And the last one-time code that an account has used.

create table patient_version (
  patient text not null references patient (id),
  version bigint not null,
  body text not null,
  channel text,
  source_system text,
  source_kind text,
  source_key text,
  original text references original (digest),
  received bigint not null,
  primary key (patient, version)
);

insert into patient_version (patient, version, body, received)
select id, version, body, updated
from patient;

alter table account add column totp_step bigint;
