//! The chart as a PDF: what is handed out on paper.

use chart::id::PatientId;
use paper::{ChartToPrint, DocumentToPrint, Picture, PictureKind, Scope};
use workflow::copies::{self, Paper, Whole};

use crate::call::{Call, Reply, file};
use crate::problem::Problem;

const CONFIDENTIAL: &str =
    "Confidential health record. If this reached you by mistake, tell the hospital and do not read on.";

/// The whole chart, or its legal health record.
pub(crate) async fn pdf(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let legal = !call.query.text("legal").is_empty();
    let context = call.context()?;
    let whole = copies::whole(&call.house.store, &context, id).await?;
    let (hospital, zone) = (call.house.config.facility.clone(), call.house.config.zone.clone());
    let (by, at) = (call.caller()?.session.name.clone(), context.at);
    // Setting a long chart takes a second of a core; it must not hold up other requests.
    let printing = tokio::task::spawn_blocking(move || {
        let pages = whole.documents.iter().map(pictures);
        let documents: Vec<DocumentToPrint<'_>> = whole
            .documents
            .iter()
            .zip(pages)
            .map(|(one, pages)| DocumentToPrint {
                document: &one.document,
                earlier: &one.earlier,
                signatures: &one.signatures,
                pages,
            })
            .collect();
        let Whole { patient, encounters, entries, .. } = &whole;
        let chart = ChartToPrint {
            hospital: &hospital,
            paper: paper::Paper::LETTER,
            demographics: &patient.demographics,
            encounters,
            documents: &documents,
            entries,
            scope: if legal { Scope::LegalRecord } else { Scope::Whole },
            zone: &zone,
            printed_at: at,
            printed_by: &by,
            confidentiality: CONFIDENTIAL,
        };
        paper::pdf(&paper::sheet_of_chart(&chart).sheet)
    });
    let printed = printing.await.map_err(|error| Problem::Ours(Box::new(error)))?;
    let pdf = printed.map_err(|error| Problem::Refused(format!("the chart cannot be printed: {error}")))?;
    Ok(file("application/pdf", "chart.pdf", pdf, false))
}

/// The pages of a scan that are pictures.
fn pictures(paper: &Paper) -> Vec<Picture> {
    let count = paper.pictures.len();
    let numbered = paper.pictures.iter().zip(1..);
    numbered
        .filter_map(|(original, page)| {
            Some(Picture {
                kind: PictureKind::of_media_type(&original.media_type)?,
                bytes: original.bytes.clone(),
                caption: format!("{}, page {page} of {count}", paper.document.content.title),
            })
        })
        .collect()
}
