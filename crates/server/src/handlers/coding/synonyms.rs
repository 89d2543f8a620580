//! The facility's synonym packs: which are open, opening one, putting one away.

use chart::access::Permission;
use workflow::coding::{self as cases, KeptPack};

use super::books;
use crate::call::{Call, Reply, go_saying};
use crate::pages::coding::{PackLine, SynonymsPage};
use crate::pages::parts::{Cell, Table};
use crate::problem::{Problem, sentence};
use crate::show;

pub(crate) async fn packs(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<SynonymsPage, Problem> {
    let found = cases::synonyms(&call.house.store, &call.context()?).await?;
    let show = call.show();
    let line = |pack: &KeptPack| PackLine {
        digest: pack.digest.to_string(),
        file: pack.file.clone(),
        phrases: show::counted(i64::try_from(pack.phrases).unwrap_or(i64::MAX), "phrase"),
        about: format!("{}; opened {} by {}", pack.source, show.moment(pack.at), pack.by),
    };
    let changes = found.history.iter().map(|one| {
        vec![
            Cell::new(show.moment(one.at)),
            Cell::new(one.by.clone()),
            Cell::new(one.file.clone()),
            Cell::new(if one.opened { "opened" } else { "put away" }),
            Cell::new(one.reason.clone()),
        ]
    });
    let limit = u64::try_from(call.house.config.upload_limit_bytes).unwrap_or(u64::MAX);
    Ok(SynonymsPage {
        packs: found.packs.iter().map(line).collect(),
        changes: Table::new(
            "Opened and put away",
            &["When", "Who", "File", "What", "Source or reason"],
            "No pack was ever opened here.",
        )
        .rows(changes),
        limit: show::size(limit),
        source: if problem.is_some() { call.form.text("source").to_owned() } else { String::new() },
        may_change: call.may(Permission::CodingLearn),
        problem,
    })
}

/// Opens the pack that was sent, or puts away the one that is named.
pub(crate) async fn change_packs(mut call: Call) -> Reply {
    let done = match (call.file.take(), call.form.read("digest")) {
        (_, Some(digest)) => {
            let (store, reason) = (&call.house.store, call.form.text("reason"));
            cases::remove_pack(store, &call.context()?, books(&call)?, digest, reason).await
        }
        (Some(sent), None) => {
            let (store, source) = (&call.house.store, call.form.text("source"));
            let file = (sent.name.as_str(), sent.bytes);
            cases::add_pack(store, &call.context()?, books(&call)?, file, source).await.map(|_| ())
        }
        (None, None) => Err(workflow::Error::refused("choose a file")),
    };
    match done {
        Ok(()) => Ok(go_saying("/codes/synonyms", "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}
