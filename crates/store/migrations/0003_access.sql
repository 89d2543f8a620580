-- Who may come in: people who sign in, the roles they may wear, their sessions and links, and broken glass.
-- Tokens are never stored, only their digests.

create table account (
  id text primary key,
  version bigint not null,
  login text not null unique,
  name text not null,
  email text,
  party text,
  active bigint not null,
  password_hash text,
  password_changed bigint,
  totp_secret text,
  oidc_issuer text,
  oidc_subject text,
  failures bigint not null,
  locked_until bigint,
  created bigint not null,
  unique (oidc_issuer, oidc_subject)
);
create index account_by_email on account (email);

create table account_role (
  account text not null references account (id),
  role text not null,
  primary key (account, role)
);

create table session (
  digest text primary key,
  id text not null unique,
  account text not null references account (id),
  role text not null,
  stage text not null,
  source text,
  created bigint not null,
  seen bigint not null,
  expires bigint not null
);
create index session_by_account on session (account);

create table one_time_link (
  digest text primary key,
  purpose text not null,
  account text references account (id),
  expires bigint not null,
  used bigint
);

create table break_glass (
  account text not null references account (id),
  patient text not null references patient (id),
  granted bigint not null,
  expires bigint not null,
  reason text not null,
  primary key (account, patient, granted)
);
create index break_glass_by_patient on break_glass (patient, granted);
