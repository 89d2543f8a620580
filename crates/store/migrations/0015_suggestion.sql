-- What coders did with the codes that documents suggested. One decision for a code of an encounter: it does not come back.

create table suggestion_decision (
  encounter text not null references encounter (id),
  code text not null,
  phrase text not null,
  verb text not null,
  chosen text,
  reason text not null,
  at bigint not null,
  by_whom text not null,
  primary key (encounter, code)
);
create index suggestion_decision_by_code on suggestion_decision (code, at);

-- Decisions on a code up to this moment are counted no more.
create table suggestion_reset (
  code text not null,
  at bigint not null,
  by_whom text not null,
  reason text not null,
  primary key (code, at)
);
