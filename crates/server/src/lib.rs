//! Pages, FHIR and message interfaces, sign-in and background work.
