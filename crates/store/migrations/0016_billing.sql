-- What the unbilled board counts by; claims that went out, and what payers answered.

-- What the board counts stands with the encounter, so that one index holds all of it: reading it from the code sets,
-- whose bodies are long, took two hundred times as long. `coded` is the state of the record's code set, `pending` the first
-- thing that it waits for, `weight` the relative weight of the DRG of its codes in ten-thousandths, `final_bill` when the
-- bill that stands went out: nothing while there is none, or one that is to be replaced.
alter table encounter add column coded text;

alter table encounter add column pending text;

alter table encounter add column weight bigint;

alter table encounter add column final_bill bigint;

update encounter
set final_bill = (select b.billed from billing b where b.encounter = encounter.id)
where exists (select 1 from billing b where b.encounter = encounter.id);

update encounter
set coded = (select c.state from code_set c where c.encounter = encounter.id and c.purpose = 'record')
where exists (select 1 from code_set c where c.encounter = encounter.id and c.purpose = 'record');

-- only sqlite
update encounter
set pending = (
  select json_extract(c.body, '$.state.pending[0].key')
  from code_set c
  where c.encounter = encounter.id and c.purpose = 'record'
)
where coded = 'held';

-- only sqlite
update encounter
set weight = (
  select cast(round(10000 * cast(json_extract(r.body, '$.weight') as real)) as integer)
  from drg_reached r
  join code_set c on c.id = r.code_set
  where c.encounter = encounter.id and c.purpose = 'record'
  order by case r.stage when 'final' then 0 else 1 end, r.at desc
  limit 1
)
where coded is not null;

-- only postgres
update encounter
set pending = (
  select cast(c.body as json) #>> '{state,pending,0,key}'
  from code_set c
  where c.encounter = encounter.id and c.purpose = 'record'
)
where coded = 'held';

-- only postgres
update encounter
set weight = (
  select cast(round(10000 * cast(cast(r.body as json) ->> 'weight' as numeric)) as bigint)
  from drg_reached r
  join code_set c on c.id = r.code_set
  where c.encounter = encounter.id and c.purpose = 'record'
  order by case r.stage when 'final' then 0 else 1 end, r.at desc
  limit 1
)
where coded is not null;

create index encounter_unbilled on encounter (status, final_bill, (coalesce(until, at)), id);

create index encounter_unbilled_sum on encounter (status, final_bill, coded, pending, setting, until, at, weight);

-- A claim as it went out: its file is kept byte for byte.
create table claim (
  id text primary key,
  version bigint not null,
  patient text not null references patient (id),
  encounter text not null references encounter (id),
  number bigint not null unique,
  control_number text not null,
  standing text not null,
  made bigint not null,
  original text not null references original (digest),
  body text not null
);
create index claim_by_encounter on claim (encounter, number);
create index claim_by_control_number on claim (control_number, number);
create index claim_by_patient on claim (patient);
create index claim_by_standing on claim (standing, made, id);

-- One payment of a payer, with the file it came in.
create table remittance (
  id text primary key,
  original text not null references original (digest),
  place bigint not null,
  payer text not null,
  trace text not null,
  posted bigint not null,
  body text not null,
  unique (original, place)
);
create index remittance_by_trace on remittance (trace, payer);
create index remittance_by_time on remittance (posted, id);

-- What a payment decided on one claim. Whose it is stays empty until an encounter is found for it.
create table remitted_claim (
  id text primary key,
  remittance text not null references remittance (id),
  place bigint not null,
  patient text references patient (id),
  encounter text references encounter (id),
  control_number text not null,
  payer_number text not null,
  at bigint not null,
  body text not null,
  unique (remittance, place)
);
create index remitted_claim_by_encounter on remitted_claim (encounter, at);
create index remitted_claim_by_patient on remitted_claim (patient);
create index remitted_claim_unmatched on remitted_claim (at, id) where encounter is null;

-- The adjustments that deny, each a line of the list of denials.
create table denial (
  remitted_claim text not null references remitted_claim (id),
  place bigint not null,
  category text not null,
  adjustment_group text not null,
  reason text not null,
  amount_cents bigint not null,
  at bigint not null,
  primary key (remitted_claim, place)
);
create index denial_by_category on denial (category, at);
create index denial_by_time on denial (at);
