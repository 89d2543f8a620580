-- The department: what does not agree in records, who works on what, letters and suspensions, hand-over, and accounts
-- that end on a date.

create table accuracy_finding (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text references encounter (id),
  rule text not null,
  subject text not null,
  identity text not null,
  state text not null,
  due bigint not null,
  found bigint not null,
  updated bigint not null,
  body text not null,
  unique (patient, identity)
);
create index accuracy_finding_by_due on accuracy_finding (state, due, id);
create index accuracy_finding_by_rule on accuracy_finding (state, rule, due, id);
create index accuracy_finding_by_encounter on accuracy_finding (encounter, state);

create table assignment (
  source text not null,
  item text not null,
  assignee text references account (id),
  priority bigint not null,
  made_by text not null,
  made_at bigint not null,
  note text not null,
  primary key (source, item)
);
create index assignment_by_assignee on assignment (assignee, source);
create index assignment_by_priority on assignment (source, priority, made_at);

create table letter (
  id text primary key,
  version bigint not null,
  responsible_key text not null,
  responsible text not null,
  level bigint not null,
  state text not null,
  created bigint not null,
  updated bigint not null,
  body text not null
);
create index letter_by_state on letter (state, created, id);
create index letter_by_responsible on letter (responsible_key, created, id);

create table suspension (
  responsible_key text not null,
  since bigint not null,
  version bigint not null,
  responsible text not null,
  state text not null,
  updated bigint not null,
  body text not null,
  primary key (responsible_key, since)
);
create index suspension_by_state on suspension (state, since);

create table hand_over (
  account text not null references account (id),
  since bigint not null,
  until bigint not null,
  taker text references account (id),
  note text not null,
  written bigint not null,
  primary key (account, since)
);
create index hand_over_by_taker on hand_over (taker, until);

create table account_term (
  account text primary key references account (id),
  ends bigint not null
);
