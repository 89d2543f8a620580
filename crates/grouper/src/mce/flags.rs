//! The marks the tables put on codes, a bit each: those of diagnoses, then those of procedures.

/// Set on every code that is valid on the day.
pub(crate) const VALID: u32 = 1 << 31;

macro_rules! flags {
    ($table:ident: $($name:ident = $text:literal),* $(,)?) => {
        flags!(@constants 0u32; $($name)*);
        /// The marks by the name the table uses.
        pub(crate) const $table: &[(&str, u32)] = &[$(($text, $name)),*];
    };
    (@constants $bit:expr; $name:ident $($rest:ident)*) => {
        pub(crate) const $name: u32 = 1 << $bit;
        flags!(@constants $bit + 1; $($rest)*);
    };
    (@constants $bit:expr;) => {};
}

flags! { DIAGNOSIS:
    EXTERNAL_CAUSE = "ecodepdx", MANIFESTATION = "manifestation", UNACCEPTABLE = "unacceptable",
    REQUIRES_SECONDARY = "reqsdx", NONSPECIFIC_DX = "nonspecific", QUESTIONABLE = "qadm",
    NEWBORN = "newborn", PEDIATRIC = "pediatric", MATERNITY = "maternity", ADULT = "adult",
    MALE = "male", FEMALE = "female", WRONG_PROCEDURE = "wrngproc", SECONDARY_PAYER = "msp",
    UNSPECIFIED = "unspecified", DELIVERY_OUTCOME = "delout", DIABETES_TYPE_1 = "diabtypeI",
    CLINICAL_TRIAL = "clintrial", NOT_COVERED_6_DX = "ncov6", NOT_COVERED_7_DX = "ncov7",
    NOT_COVERED_Z302_DX = "ncov_z302", MUSCULOSKELETAL = "mdc08",
}

flags! { PROCEDURE:
    MALE_PX = "male", FEMALE_PX = "female", NOT_COVERED = "noncovered", NOT_COVERED_4_5 = "ncov45",
    NOT_COVERED_6 = "ncov6", NOT_COVERED_7 = "ncov7", NOT_COVERED_Z302 = "ncov_z302",
    NOT_COVERED_12_BY_AGE = "ncov12agele60", LIMITED = "lcov", ARTIFICIAL_HEART_A = "lcov_artheartxpa",
    ARTIFICIAL_HEART_B = "lcov_artheartxpb", KIDNEY_TRANSPLANT = "kidneyxp", CAESAREAN = "csect",
    VAGINAL_DELIVERY = "vagdel", LONG_VENTILATION = "los", NONSPECIFIC_OPERATION = "nonspecific",
    OPERATING_ROOM = "or", OPEN_BIOPSY = "biopsy", BILATERAL = "bilateral",
}
