//! Who works at the load's desks, and what share of their time goes to what.

/// One thing that somebody does before thinking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Search,
    Chart,
    Documents,
    Results,
    Unfiled,
    Duplicates,
    Messages,
    /// A work queue of the role, and now and then its next page.
    Queue,
    /// Codes are added to a stay, and taken away again.
    Code,
    /// The first item of a work queue is taken.
    Take,
    /// The supervisor's board.
    Board,
    /// A scan is uploaded and then filed from the queue.
    File,
    Register,
    Restrict,
}

/// A desk: who signs in there, and how often each act comes, in parts of a hundred.
pub(super) struct Desk {
    pub(super) name: &'static str,
    pub(super) acts: &'static [(Act, u32)],
}

/// The desks. At least one act in ten writes, over all of them. (An act of several pages counts each page in the table.)
pub(super) const DESKS: [Desk; 6] = [
    Desk {
        name: "clerk",
        acts: &[(Act::Search, 52), (Act::Chart, 24), (Act::Unfiled, 8), (Act::File, 8), (Act::Register, 8)],
    },
    Desk {
        name: "coder",
        acts: &[
            (Act::Search, 10),
            (Act::Chart, 15),
            (Act::Documents, 20),
            (Act::Results, 15),
            (Act::Code, 40),
        ],
    },
    Desk {
        name: "analyst",
        acts: &[
            (Act::Search, 15),
            (Act::Chart, 10),
            (Act::Documents, 20),
            (Act::Results, 10),
            (Act::Queue, 45),
        ],
    },
    Desk {
        name: "integrity",
        acts: &[
            (Act::Search, 30),
            (Act::Chart, 15),
            (Act::Documents, 10),
            (Act::Duplicates, 20),
            (Act::Messages, 15),
            (Act::File, 5),
            (Act::Register, 5),
        ],
    },
    Desk {
        name: "director",
        acts: &[
            (Act::Search, 30),
            (Act::Chart, 20),
            (Act::Documents, 10),
            (Act::Results, 10),
            (Act::Messages, 6),
            (Act::Restrict, 24),
        ],
    },
    Desk {
        name: "supervisor",
        acts: &[(Act::Search, 10), (Act::Chart, 10), (Act::Queue, 60), (Act::Board, 10), (Act::Take, 10)],
    },
];

/// The desk at which somebody works: all are taken in turn, or one is taken by everybody.
pub(super) fn desk_of(number: usize, only: Option<&str>) -> &'static Desk {
    let named = DESKS.iter().find(|desk| Some(desk.name) == only);
    named.unwrap_or(&DESKS[number % DESKS.len()])
}

/// The act at this point of a desk's hundred parts.
pub(super) fn act_at(desk: &Desk, mut part: u32) -> Act {
    for (act, share) in desk.acts {
        if part < *share {
            return *act;
        }
        part -= share;
    }
    Act::Search
}

#[test]
fn shares_add_up_and_one_act_in_ten_writes_at_least() {
    let writes = |desk: &Desk| {
        let shares = desk.acts.iter().filter(|(act, _)| {
            matches!(act, Act::File | Act::Register | Act::Restrict | Act::Take | Act::Code)
        });
        shares.map(|(_, share)| share).sum::<u32>()
    };
    assert!(DESKS.iter().all(|desk| desk.acts.iter().map(|(_, share)| share).sum::<u32>() == 100));
    assert_eq!(DESKS.iter().map(writes).sum::<u32>(), 100);
    assert_eq!(act_at(&DESKS[0], 0), Act::Search);
    assert_eq!(act_at(&DESKS[0], 99), Act::Register);
}
