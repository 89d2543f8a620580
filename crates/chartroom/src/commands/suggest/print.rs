//! Suggestions for people: the code, then why.

use std::fmt::{Display, Formatter, Result};

use suggest::{Evidence, Question, Source, Standing, Step, Suggestion};

/// Suggestions as people read them.
pub(super) struct Printed<'s>(pub(super) &'s [Suggestion]);

impl Display for Printed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (standing, heading) in [
            (Standing::Proposed, "Proposed"),
            (Standing::Query, "May found a query"),
            (Standing::Withheld, "Withheld"),
        ] {
            let of_it: Vec<_> = self.0.iter().filter(|found| found.standing == standing).collect();
            if !of_it.is_empty() {
                writeln!(f, "{heading}")?;
            }
            for suggestion in of_it {
                print_suggestion(f, suggestion)?;
            }
        }
        if self.0.is_empty() {
            writeln!(f, "The document suggests no code.")?;
        }
        Ok(())
    }
}

fn print_suggestion(f: &mut Formatter<'_>, suggestion: &Suggestion) -> Result {
    let code = suggestion.code.dotted();
    writeln!(f, "  {code:<9}{:.2}  {}", suggestion.score, suggestion.title)?;
    writeln!(f, "           {}: {}", suggestion.status.name(), suggestion.reason)?;
    for evidence in &suggestion.evidence {
        print_evidence(f, evidence)?;
    }
    for step in &suggestion.path {
        print_step(f, step)?;
    }
    for by in &suggestion.specified {
        writeln!(f, "           specified by the record: {by}")?;
    }
    for question in &suggestion.questions {
        print_question(f, question)?;
    }
    Ok(())
}

fn print_evidence(f: &mut Formatter<'_>, evidence: &Evidence) -> Result {
    let section = evidence.section.as_ref().map(|name| format!(" under '{name}'")).unwrap_or_default();
    let because = evidence.because.as_ref().map(|why| format!(" {why}")).unwrap_or_default();
    let words = &evidence.words;
    let (start, end) = (evidence.start, evidence.end);
    writeln!(f, "           '{words}' (bytes {start}-{end}{section}, {}{because})", evidence.status.name())?;
    writeln!(f, "             in: {}", evidence.sentence)
}

fn print_step(f: &mut Formatter<'_>, step: &Step) -> Result {
    match &step.entry {
        Some((text, source)) => write!(f, "           {}: {text}", name(*source))?,
        None => write!(f, "           words counted on coded charts: {}", step.phrase)?,
    }
    if step.seen > 0 {
        write!(f, "; coded in {} of {} charts with it", step.coded, step.seen)?;
    }
    if step.accepted_here + step.rejected_here > 0 {
        write!(f, "; here accepted {}, rejected {}", step.accepted_here, step.rejected_here)?;
    }
    writeln!(f)
}

fn print_question(f: &mut Formatter<'_>, question: &Question) -> Result {
    let options: Vec<String> = question.options.iter().map(|code| code.dotted()).collect();
    let options = if options.is_empty() { String::new() } else { format!(" ({})", options.join(", ")) };
    writeln!(f, "           asks: {}{options}", question.text)
}

fn name(source: Source) -> &'static str {
    match source {
        Source::Title => "title",
        Source::InclusionTerm => "inclusion term",
        Source::LayTerm => "lay term",
        Source::Abbreviation => "abbreviation",
        Source::OwnSynonym => "own synonym",
        Source::SynonymPack => "synonym pack",
    }
}
