//! Prices per second on one core: the fast path, hospital factors made once per hospital.
//!
//! `cargo bench -p pricer`

use std::hint::black_box;
use std::time::Instant;

use codeset::{Drg, parse_date};
use pricer::{DrgWeights, HospitalFactors, Rates, Stay, Year, price, read_provider_toml};
use rust_decimal::Decimal;

/// Stays priced in one round.
const STAYS: usize = 200_000;
/// Rounds, of which the fastest counts.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let year = Year {
        rates: Rates::parse("rates", include_str!("../../../data/ipps/rates-fy2026.toml"))?,
        weights: DrgWeights::parse("weights", include_str!("../../../data/ipps/table5-fy2026.tsv"))?,
    };
    let providers = read_provider_toml("hospitals.toml", include_str!("../tests/golden/hospitals.toml"))?;
    let hospitals = providers
        .iter()
        .map(|provider| HospitalFactors::new(provider, &year.rates))
        .collect::<Result<Vec<_>, _>>()?;
    let stays = stays()?;
    let drgs: Vec<Drg> = year.weights.rows().iter().map(|row| row.drg).collect();
    let mut best = 0.0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for at in 0..STAYS {
            let drg = drgs[at * 31 % drgs.len()];
            let hospital = &hospitals[at % hospitals.len()];
            black_box(price(drg, &stays[at % stays.len()], hospital, &year));
        }
        let per_second = STAYS as f64 / start.elapsed().as_secs_f64();
        best = f64::max(best, per_second);
    }
    println!("{best:.0} prices per second on one core (best of {ROUNDS} rounds of {STAYS})");
    Ok(())
}

/// Stays of several lengths, charges and discharge statuses.
fn stays() -> Result<Vec<Stay>, &'static str> {
    let day = parse_date("2026-03-02").ok_or("no date")?;
    let stays = (0u16..997).map(|at| Stay {
        discharge_status: [1, 1, 1, 3, 6, 2, 20][usize::from(at) % 7],
        stay_days: Some(at % 13),
        covered_days: Some(at % 13),
        covered_charges: Some(Decimal::new(800_000 + i64::from(at) * 31_337, 2)),
        ..Stay::new(day)
    });
    Ok(stays.collect())
}
