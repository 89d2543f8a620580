//! An answered query as a paper of the record: what is printed of it with a copy of the chart.

use chart::coded::{Coded, system};
use chart::directory::Named;
use chart::document::{Document, DocumentContent, DocumentStatus, Section};
use chart::id::DocumentId;
use chart::intake::{Channel, Origin};
use chart::query::{Answer, Query, Retention};

/// The type of the paper in `data/record/document-type.tsv`.
const TYPE: &str = "query";

/// The paper of a query that is kept with the legal record and was answered; others are not printed.
pub(crate) fn printed(query: &Query) -> Option<Document> {
    let answer = query.answer_given().filter(|_| query.ask.retention == Retention::Legal)?;
    let author = Named { name: query.ask.author.by.name.clone(), key: None };
    let answered = Named { name: answer.by.by.name.clone(), key: None };
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, TYPE, "Query and its answer"),
        title: query.ask.title.clone(),
        status: DocumentStatus::Final,
        written: Some(answer.by.at.into()),
        authors: vec![author, answered],
        sections: sections(query, answer),
        ..DocumentContent::default()
    };
    Some(Document {
        id: DocumentId::from_bits(query.id.bits()),
        version: query.version,
        patient: query.patient,
        encounter: Some(query.encounter),
        content,
        origin: Origin { channel: Channel::Hand, key: None, original: None, received: answer.by.at },
    })
}

fn sections(query: &Query, answer: &Answer) -> Vec<Section> {
    let ask = &query.ask;
    let quoted: Vec<String> = ask.indicators.iter().map(|one| format!("- {}", one.shown())).collect();
    let choices: Vec<String> = ask.choices.iter().map(|one| format!("- {}", one.text)).collect();
    let by = named(&ask.author.by.name, &ask.author.credentials);
    let given = named(&answer.by.by.name, &answer.credentials);
    let parts = [
        ("Asked by", by),
        ("Findings", quoted.join("\n")),
        ("Question", ask.question.clone()),
        ("Choices", choices.join("\n")),
        ("Answer", said(query, answer)),
        ("Answered by", given),
    ];
    let section = |(title, text): (&str, String)| Section { title: title.into(), text, ..Section::default() };
    parts.into_iter().filter(|(_, text)| !text.is_empty()).map(section).collect()
}

/// `Ngozi Okafor, MD`.
fn named(name: &str, credentials: &str) -> String {
    if credentials.is_empty() { name.to_owned() } else { format!("{name}, {credentials}") }
}

/// The choice and the words of an answer.
fn said(query: &Query, answer: &Answer) -> String {
    let choice = answer.choice.as_deref().and_then(|key| query.ask.choice(key));
    let choice = choice.map(|one| one.text.as_str());
    choice
        .into_iter()
        .chain(Some(answer.text.as_str()).filter(|text| !text.is_empty()))
        .collect::<Vec<_>>()
        .join("\n")
}
