//! The report as programs read it.

use pricer::{Line, Worksheet};
use serde_json::{Value, json};

use super::CaseReport;
use crate::price::{PriceProblem, Sheet};

impl CaseReport {
    /// The report as JSON; its upper part has the names of a result line of `chartroom group`.
    pub(crate) fn to_json(&self) -> Value {
        let (initial, last) = (&self.outcome.grouping.initial, &self.outcome.grouping.last);
        let edits: serde_json::Map<String, Value> =
            self.outcome.edits.counts().map(|(edit, count)| (edit.name().to_owned(), count.into())).collect();
        let codes = self.codes.iter().map(|line| {
            json!({ "part": line.part, "code": line.code, "title": line.title, "valid": line.is_valid })
        });
        let mut report = json!({
            "id": self.claim.case.id,
            "version": self.outcome.version.0,
            "initial_drg": initial.drg.0,
            "initial_mdc": initial.mdc.0,
            "final_drg": last.drg.0,
            "final_mdc": last.mdc.0,
            "return_code": last.return_code.name(),
            "mce": { "type": self.outcome.edits.kind().name(), "edits": edits, "findings": self.findings },
            "editions": self.editions,
            "codes": codes.collect::<Vec<_>>(),
            "trace": self.trace,
        });
        if let Some(why_not) = &self.why_not {
            report["why_not"] = json!(why_not);
        }
        if let Some(price) = &self.price {
            report["price"] = price_json(price);
        }
        report
    }
}

fn price_json(price: &Result<Sheet, PriceProblem>) -> Value {
    match price {
        Err(PriceProblem(problem)) => json!({ "problem": problem }),
        Ok(Sheet::Payer(payment)) => json!({
            "total": payment.total.to_string(),
            "outlier": payment.outlier.to_string(),
            "partial": false,
            "lines": lines(&payment.lines),
        }),
        Ok(Sheet::Medicare(worksheet)) => worksheet_json(worksheet),
    }
}

fn worksheet_json(worksheet: &Worksheet) -> Value {
    let missing: Vec<_> = worksheet.missing.iter().map(|factor| factor.message()).collect();
    json!({
        "return_code": worksheet.code.0,
        "meaning": worksheet.code.meaning(),
        "total": worksheet.total.to_string(),
        "partial": worksheet.is_partial(),
        "missing": missing,
        "notes": worksheet.notes,
        "lines": lines(&worksheet.lines),
    })
}

fn lines(lines: &[Line]) -> Vec<Value> {
    let line = |line: &Line| {
        json!({
            "id": line.id,
            "title": line.title,
            "value": line.value.to_string(),
            "unit": format!("{:?}", line.unit).to_lowercase(),
            "kind": format!("{:?}", line.kind).to_lowercase(),
            "formula": line.formula,
            "source": line.source,
        })
    };
    lines.iter().map(line).collect()
}
