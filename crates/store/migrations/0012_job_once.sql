-- Work that is asked for again while it still waits is found by what it is.

create index job_by_payload on job (kind, payload, state);
