//! One letter: read, changed, sent; and letters as PDF.

use chart::id::LetterId;
use chart::letter::{Letter, LetterState};
use paper::{Block, Footer, Header, Paper, Sheet, Words};
use workflow::delinquency as cases;

use super::delinquency::{level_title, verb};
use crate::call::{Call, Reply, file, go_saying};
use crate::pages::department::delinquency::{LetterPage, OwnLetterPage};
use crate::pages::parts::{Cell, Table, Tag};
use crate::problem::{Problem, sentence};

const CONFIDENTIAL: &str = "Confidential: for the addressee and the medical staff office.";

pub(crate) async fn read(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<LetterPage, Problem> {
    let id: LetterId = call.id("letter")?;
    let read = cases::read(&call.house.store, &call.context()?, &[id]).await?;
    let letter = read.first().ok_or(Problem::Missing)?;
    let show = call.show();
    let lines = letter.history.all().iter().map(|one| {
        vec![
            Cell::new(one.verb.clone()),
            Cell::new(show.moment(one.stamp.at)),
            Cell::new(one.stamp.by.name.clone()),
            Cell::new(one.note.clone()),
        ]
    });
    let tone = if matches!(letter.state, LetterState::Withdrawn { .. }) { "stop" } else { "note" };
    Ok(LetterPage {
        action: format!("/delinquency/letters/{id}"),
        shown: title(letter),
        tags: vec![Tag { tone, text: letter.state.key().into() }],
        text: letter.text.clone(),
        drafted: matches!(letter.state, LetterState::Drafted),
        issued: matches!(letter.state, LetterState::Issued { .. }),
        history: Table::new("What was done with it", &["What", "When", "Who", "Note"], "Nothing.")
            .rows(lines),
        problem,
    })
}

fn title(letter: &Letter) -> String {
    format!("{}, {}", letter.to.name.name, level_title(letter.level))
}

pub(crate) async fn act(call: Call) -> Reply {
    let id: LetterId = call.id("letter")?;
    match cases::act(&call.house.store, &call.context()?, id, verb(&call)?).await {
        Ok(()) => Ok(go_saying(&format!("/delinquency/letters/{id}"), "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn pdf(call: Call) -> Reply {
    let id: LetterId = call.id("letter")?;
    let letters = cases::read(&call.house.store, &call.context()?, &[id]).await?;
    printed(&call, letters).await
}

/// A letter to who reads it.
pub(crate) async fn read_own(call: Call) -> Reply {
    let id: LetterId = call.id("letter")?;
    let letter = cases::read_own(&call.house.store, &call.context()?, id).await?;
    call.page(&OwnLetterPage {
        action: format!("/inbox/letters/{id}"),
        shown: level_title(letter.level),
        paragraphs: letter.text.split("\n\n").map(|text| text.lines().map(str::to_owned).collect()).collect(),
        waits: matches!(letter.state, LetterState::Issued { .. }),
    })
}

pub(crate) async fn acknowledge(call: Call) -> Reply {
    cases::acknowledge_own(&call.house.store, &call.context()?, call.id("letter")?).await?;
    Ok(go_saying("/inbox", "saved"))
}

/// All drafts in one file, a letter on a page of its own.
pub(crate) async fn batch(call: Call) -> Reply {
    let letters = cases::drafts(&call.house.store, &call.context()?).await?;
    if letters.is_empty() {
        return Err(Problem::Refused(
            "No letter waits to be printed: draft the letters that are due first.".into(),
        ));
    }
    printed(&call, letters).await
}

async fn printed(call: &Call, letters: Vec<Letter>) -> Reply {
    let (hospital, show) = (call.house.config.facility.clone(), call.show());
    let by = call.caller()?.session.name.clone();
    let printing = tokio::task::spawn_blocking(move || {
        let addressee = match letters.as_slice() {
            [one] => title(one),
            _ => format!("{} letters", letters.len()),
        };
        let mut blocks = Vec::new();
        for (at, letter) in letters.iter().enumerate() {
            if at > 0 {
                blocks.push(Block::PageBreak);
            }
            let paragraphs = letter.text.split("\n\n").filter(|text| !text.trim().is_empty());
            blocks.extend(paragraphs.map(|text| Block::Paragraph(Words::from(text.trim_end()))));
        }
        let footer = Footer {
            printed_at: show.now,
            printed_shown: show.moment(show.now),
            printed_by: by,
            confidentiality: CONFIDENTIAL.into(),
        };
        let header = Header {
            hospital,
            patient: addressee,
            record_number: "Health information department".into(),
            birth: None,
            is_letter: true,
        };
        let title = "Letters on incomplete records".to_owned();
        paper::pdf(&Sheet { paper: Paper::LETTER, title, header, footer, blocks })
    });
    let pdf = printing.await.map_err(|error| Problem::Ours(Box::new(error)))?;
    let pdf = pdf.map_err(|error| Problem::Refused(format!("the letters cannot be printed: {error}")))?;
    Ok(file("application/pdf", "letters.pdf", pdf, false))
}
