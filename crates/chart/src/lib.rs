//! The record: patient, encounter, documents and what is known of a person, with who said so and when.
