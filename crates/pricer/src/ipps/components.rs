//! The lines of a worksheet that add up to the total, and the total.

use super::payment::Payment;
use crate::worksheet::{Kind, Ledger, Line, Trace, Unit};

/// The lines that add up to the total.
pub(crate) fn write<T: Trace>(payment: &Payment, ledger: &mut Ledger<T>) {
    let (operating, capital) = (&payment.operating, &payment.capital);
    let (additions, programs) = (&payment.additions, &payment.programs);
    let lines = [
        ("operating.federal", "Operating federal payment", operating.federal, "42 CFR 412.64"),
        (
            "operating.share",
            "Operating disproportionate share",
            operating.disproportionate_share,
            "42 CFR 412.106",
        ),
        ("operating.teaching", "Operating indirect medical education", operating.teaching, "42 CFR 412.105"),
        (
            "operating.hospital_specific",
            "Hospital-specific add-on",
            operating.hospital_specific,
            "42 CFR 412.92, 412.108",
        ),
        ("operating.outlier", "Operating cost outlier", operating.outlier, "42 CFR 412.84"),
        ("capital.federal", "Capital federal payment", capital.federal, "42 CFR 412.312"),
        ("capital.share", "Capital disproportionate share", capital.disproportionate_share, "42 CFR 412.320"),
        ("capital.teaching", "Capital indirect medical education", capital.teaching, "42 CFR 412.322"),
        ("capital.outlier", "Capital cost outlier", capital.outlier, "42 CFR 412.84"),
        (
            "uncompensated_care",
            "Uncompensated care",
            additions.uncompensated_care,
            "42 CFR 412.106(g); provider record",
        ),
        ("new_technology", "New technology add-on", additions.new_technology, "42 CFR 412.88"),
        ("low_volume", "Low-volume adjustment", additions.low_volume, "42 CFR 412.101"),
        ("readmissions", "Readmissions adjustment", programs.readmissions, "42 CFR 412.154"),
        (
            "value_based",
            "Value-based purchasing adjustment",
            programs.value_based_purchasing,
            "42 CFR 412.162",
        ),
        (
            "hospital_acquired",
            "Hospital-acquired condition reduction",
            programs.hospital_acquired,
            "42 CFR 412.172",
        ),
        ("pass_through", "Pass-through amounts", additions.pass_through, "42 CFR 412.2(e)"),
        ("islet_cells", "Islet cell infusion", additions.islet_cells, "Medicare NCD 260.3.1"),
    ];
    for (id, title, value, source) in lines {
        if !value.is_zero() {
            ledger.line(|| Line::component(id, title, value).source(source));
        }
    }
}

/// The last line.
pub(crate) fn write_total<T: Trace>(payment: &Payment, ledger: &mut Ledger<T>) {
    ledger.line(|| {
        Line::step("total", "Total payment", payment.total)
            .unit(Unit::Dollars)
            .kind(Kind::Total)
            .formula(format!("return code {}: {}", payment.code, payment.code.meaning()))
            .source("42 CFR 412, subparts D to H, M")
    });
}
