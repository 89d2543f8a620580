//! A department that is far behind: what the demo hospital owes is written again and again into its database, until
//! the longest queue holds as many items as were asked for.

use sqlx::AnyConnection;
use sqlx::{Connection as _, Row as _};

use crate::support::database::Database;

const COUNT: &str = "
select count(*) as count
from deficiency
where pile = 'owed'
";

/// Copies every deficiency that is owed `$1` times under keys of its own, each copy an hour later than the last. The
/// digits replace a part of the key's time, so that a copy's key is as good as any; whoever signs in at the inbox
/// keeps the work they have.
const COPY: &str = "
with recursive copies (number) as (
  select 1
  union all
  select number + 1 from copies where number < $1
)
insert into deficiency (
  id, version, patient, encounter, rule, subject, kind, state, pile, setting, step,
  responsible, responsible_key, party, due, created, updated, body
)
select substr(id, 1, 4) || substr(cast(10000 + number as text), 2, 4) || substr(id, 9), version, patient, encounter,
  rule, subject || '/' || cast(number as text), kind, state, pile, setting, step,
  responsible, responsible_key, party, due + number * 3600000000, created, updated,
  replace(body, id, substr(id, 1, 4) || substr(cast(10000 + number as text), 2, 4) || substr(id, 9))
from deficiency
cross join copies
where pile = 'owed'
";

/// Fills the queue of deficiencies up to `wanted`; how many there are then.
pub(super) fn fill(database: &Database, wanted: u32) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be built").block_on(async {
        sqlx::any::install_default_drivers();
        let mut connection =
            AnyConnection::connect(database.url()).await.expect("the hospital's database opens");
        let owed = count(&mut connection).await;
        assert!(owed > 0, "the demo hospital owes something");
        let copies = (i64::from(wanted) - owed).div_euclid(owed) + 1;
        if i64::from(wanted) > owed {
            let copied = sqlx::query(COPY).bind(copies).execute(&mut connection).await;
            copied.expect("what is owed can be written again");
        }
        let owed = count(&mut connection).await;
        connection.close().await.expect("the hospital's database closes");
        owed
    })
}

async fn count(connection: &mut AnyConnection) -> i64 {
    let row = sqlx::query(COUNT).fetch_one(connection).await.expect("what is owed can be counted");
    row.get("count")
}
