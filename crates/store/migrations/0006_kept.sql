-- Resources without a place in the chart are also asked for by the sender's key alone (FHIR: `Type/id`).

create index kept_by_source_key on kept (source_key);
