//! Result messages: each OBR is a report, its OBX are findings, words or files.

use chart::coded::Coded;
use chart::entry::{EntryContent, Report, Value};
use chart::intake::{Change, KeyKind, SourceKey};

use super::arrival::Filing;
use super::finding::{self, Sort};
use super::group::{OrderGroup, PatientGroup};
use super::segment::Segment;
use super::{tables, types};

/// The reports and findings of a patient, as changes.
pub(super) fn reports(group: &PatientGroup<'_>, filing: &mut Filing<'_, '_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for order in &group.orders {
        match order.first("OBR") {
            Some(obr) => report(order, obr, group, filing, &mut changes),
            None => findings(&order.with_notes("OBX"), None, filing, &mut changes),
        }
    }
    changes
}

/// Findings sent along with orders, to help whoever carries them out.
pub(super) fn with_orders(group: &PatientGroup<'_>, filing: &mut Filing<'_, '_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let all: Vec<_> = group.orders.iter().flat_map(|order| order.with_notes("OBX")).collect();
    findings(&all, None, filing, &mut changes);
    changes
}

/// Findings that stand outside orders: heights and weights of an admission message, observations of a specimen.
pub(super) fn loose(group: &PatientGroup<'_>, filing: &mut Filing<'_, '_>) -> Vec<Change> {
    let mut changes = Vec::new();
    findings(&group.with_notes("OBX"), None, filing, &mut changes);
    changes
}

/// A report that findings belong to.
struct Panel {
    key: SourceKey,
    /// What results' keys begin with.
    stem: String,
    at: Option<chart::date::When>,
    issued: Option<chart::date::When>,
    category: String,
    specimen: Option<Coded>,
    by: Vec<chart::directory::Named>,
}

fn report(
    order: &OrderGroup<'_>,
    obr: Segment<'_>,
    group: &PatientGroup<'_>,
    filing: &mut Filing<'_, '_>,
    changes: &mut Vec<Change>,
) {
    let mut panel = panel(order, obr, group, filing);
    panel.key = filing.distinct(panel.key);
    let mut content = head(order, obr, &panel, filing);
    let observations = order.with_notes("OBX");
    let (text, conclusion) = texts(&observations, &content.what);
    content.text =
        [content.text, text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    content.conclusion = conclusion;
    for (obx, _) in observations.iter().filter(|(obx, _)| finding::sort(*obx) == Sort::File) {
        if let Some((attachment, original)) = finding::file(*obx, filing) {
            content.attachments.push(attachment);
            filing.attachments.push(original);
        }
    }
    let place = changes.len();
    findings(&observations, Some(&panel), filing, changes);
    content.results = changes[place..]
        .iter()
        .filter_map(|change| if let Change::Entry { key, .. } = change { Some(key.clone()) } else { None })
        .collect();
    // The report goes first: its findings name it.
    changes.insert(place, filing.entry(panel.key, EntryContent::Report(content)));
}

/// The filler's number, else the placer's, else the message and the place in it.
fn number(order: &OrderGroup<'_>, obr: Segment<'_>, filing: &Filing<'_, '_>) -> (String, String) {
    let orc = order.first("ORC");
    let numbers =
        [Some(obr.field(3)), orc.map(|orc| orc.field(3)), Some(obr.field(2)), orc.map(|orc| orc.field(2))];
    let given = numbers.into_iter().flatten().find_map(types::entity);
    given.unwrap_or_else(|| (String::new(), format!("{}/{}", filing.desk.control_id, obr.number)))
}

fn panel(
    order: &OrderGroup<'_>,
    obr: Segment<'_>,
    group: &PatientGroup<'_>,
    filing: &Filing<'_, '_>,
) -> Panel {
    let desk = filing.desk;
    let (system, number) = number(order, obr, filing);
    // One number may cover several tests of one specimen.
    let test =
        obr.field(4).component(1).said().or_else(|| obr.field(4).component(2).said()).unwrap_or_default();
    let stem = format!("{number}/{test}");
    let section = obr.field(24).component(1).text();
    let spm = order.first("SPM").or_else(|| group.first("SPM"));
    let specimen = spm.and_then(|spm| types::coded_in(spm.field(4), "0487"));
    let old = || types::coded_in(obr.field(15).component(1).one_level_down(), "0070");
    let by = obr.field(32).repetitions().filter_map(|one| types::person_with_time(one, desk)).collect();
    Panel {
        key: desk.key(&system, KeyKind::Entry, format!("OBR/{stem}")),
        at: desk.when(obr.field(7)).or_else(|| desk.when(spm?.field(17))),
        issued: desk.when(obr.field(22)),
        category: tables::words("0074", &section).map_or_else(|| section.to_lowercase(), str::to_owned),
        specimen: specimen.or_else(old),
        stem,
        by,
    }
}

/// What OBR itself says.
fn head(order: &OrderGroup<'_>, obr: Segment<'_>, panel: &Panel, filing: &Filing<'_, '_>) -> Report {
    let desk = filing.desk;
    let placer = order.first("ORC").and_then(|orc| types::entity(orc.field(2)));
    let placer = types::entity(obr.field(2)).or(placer);
    let notes = order.with_notes("OBR").into_iter().map(|(_, note)| note).find(|note| !note.is_empty());
    Report {
        what: types::coded(obr.field(4)).unwrap_or_else(|| Coded::text("(not named)")),
        category: panel.category.clone(),
        status: tables::words("0123", &obr.field(25).component(1).text()).unwrap_or_default().to_owned(),
        at: panel.at,
        issued: panel.issued,
        text: notes.unwrap_or_default(),
        by: panel.by.clone(),
        order: placer.map(|(system, number)| desk.key(&system, KeyKind::Entry, format!("ORC/{number}"))),
        ..Report::default()
    }
}

/// The words of the text observations, a paragraph for each thing observed, and the impression apart.
fn texts(observations: &[(Segment<'_>, String)], what: &Coded) -> (String, String) {
    let mut paragraphs: Vec<(String, String)> = Vec::new();
    let mut conclusion: Vec<String> = Vec::new();
    for (obx, note) in observations {
        if finding::sort(*obx) != Sort::Lines || finding::is_withdrawn(*obx) {
            continue;
        }
        let lines = [finding::lines(*obx), note.clone()]
            .into_iter()
            .filter(|one| !one.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        // `&IMP` and `&GDT` after a study's code: impression and description (chapter 7.2.4).
        if obx.field(3).component(1).part(2).text() == "IMP" || obx.field(3).component(1).text() == "IMP" {
            conclusion.push(lines);
            continue;
        }
        let title = types::coded(obx.field(3)).map(|title| title.text).unwrap_or_default();
        match paragraphs.last_mut().filter(|(last, _)| *last == title) {
            Some((_, text)) => *text = format!("{text}\n{lines}"),
            None => paragraphs.push((title, lines)),
        }
    }
    let titled = |(title, text): (String, String)| {
        if title.is_empty() || title == what.text { text } else { format!("{title}\n{text}") }
    };
    (paragraphs.into_iter().map(titled).collect::<Vec<_>>().join("\n\n"), conclusion.join("\n"))
}

/// The observations that are findings. Their keys are made of the report, what was observed and the sub-id; the set id
/// is not part of them, because senders number anew when a result comes again.
fn findings(
    observations: &[(Segment<'_>, String)],
    panel: Option<&Panel>,
    filing: &mut Filing<'_, '_>,
    changes: &mut Vec<Change>,
) {
    for (obx, note) in observations {
        let in_panel = panel.is_some();
        match finding::sort(*obx) {
            Sort::Lines | Sort::File if in_panel => continue,
            Sort::File => {
                filing.desk.remark(
                    &obx.place(),
                    "an embedded file that belongs to no report and no document; left in the original",
                );
                continue;
            }
            _ if obx.field(3).is_empty() && obx.field(5).is_empty() => continue,
            _ => {}
        }
        let key = filing.distinct(finding_key(*obx, panel, filing));
        changes.push(if finding::is_withdrawn(*obx) {
            Change::Withdraw { key }
        } else {
            finding_change(key, *obx, note.clone(), panel, filing)
        });
    }
}

/// What was observed, with its sub-id.
fn observed(obx: Segment<'_>) -> String {
    let what =
        obx.field(3).component(1).said().or_else(|| obx.field(3).component(2).said()).unwrap_or_default();
    match obx.field(4).said() {
        Some(sub) => format!("{what}.{sub}"),
        None => what,
    }
}

/// Within a report by its number; else within the visit by the time observed, or the message where there is none.
fn finding_key(obx: Segment<'_>, panel: Option<&Panel>, filing: &Filing<'_, '_>) -> SourceKey {
    let name = observed(obx);
    if let Some(panel) = panel {
        return SourceKey::new(
            panel.key.system.clone(),
            KeyKind::Entry,
            format!("OBX/{}/{name}", panel.stem),
        );
    }
    let time = obx.field(14).component(1).said();
    filing.entry_key("OBX", &format!("{name}/{}", time.as_deref().unwrap_or(filing.desk.control_id)))
}

fn finding_change(
    key: SourceKey,
    obx: Segment<'_>,
    note: String,
    panel: Option<&Panel>,
    filing: &Filing<'_, '_>,
) -> Change {
    let mut content = finding::read(obx, note, filing);
    if finding::sort(obx) == Sort::Lines {
        content.value = Value::Text(finding::lines(obx));
    }
    if let Some(panel) = panel {
        content.report = Some(panel.key.clone());
        content.category.clone_from(&panel.category);
        content.specimen.clone_from(&panel.specimen);
        content.at = content.at.or(panel.at);
        content.issued = content.issued.or(panel.issued);
    }
    filing.entry(key, EntryContent::Result(content))
}
