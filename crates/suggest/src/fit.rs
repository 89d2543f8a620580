//! Logistic regression by Newton's method, small and exact: the same rows give the same weights on every machine.

use crate::weights::{FIGURES, Figures};

/// Figures and the base.
const SIZE: usize = FIGURES + 1;
/// Steps of Newton's method; it converges in fewer.
const STEPS: usize = 25;
/// Ridge on standardised weights, so that figures that say the same share their weight.
const RIDGE: f64 = 1.0;
/// Below this spread a figure is constant.
const CONSTANT: f64 = 1e-9;

type Vector = [f64; SIZE];
type Matrix = [Vector; SIZE];

/// What was fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fit {
    pub base: f64,
    pub weights: Figures,
}

/// Fits the log-odds that the flag of a row is set.
pub(crate) fn fit(rows: &[(Figures, bool)]) -> Fit {
    let (mean, spread) = moments(rows);
    let mut weights = [0.0; SIZE];
    for _ in 0..STEPS {
        let (gradient, curvature) = derivatives(rows, &mean, &spread, &weights);
        let Some(step) = solve(curvature, gradient) else { break };
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
        }
    }
    let mut fit = Fit { base: weights[FIGURES], weights: [0.0; FIGURES] };
    for at in 0..FIGURES {
        fit.weights[at] = weights[at] / spread[at];
        fit.base -= fit.weights[at] * mean[at];
    }
    fit
}

fn moments(rows: &[(Figures, bool)]) -> (Figures, Figures) {
    let (mut mean, mut spread) = ([0.0; FIGURES], [0.0; FIGURES]);
    let number = f64::from(u32::try_from(rows.len().max(1)).unwrap_or(u32::MAX));
    for at in 0..FIGURES {
        mean[at] = rows.iter().map(|(figures, _)| figures[at]).sum::<f64>() / number;
        let variance = rows.iter().map(|(figures, _)| (figures[at] - mean[at]).powi(2)).sum::<f64>() / number;
        spread[at] = if variance.sqrt() < CONSTANT { 1.0 } else { variance.sqrt() };
    }
    (mean, spread)
}

/// Gradient and negative curvature of the penalised likelihood.
fn derivatives(
    rows: &[(Figures, bool)],
    mean: &Figures,
    spread: &Figures,
    weights: &Vector,
) -> (Vector, Matrix) {
    let mut gradient = [0.0; SIZE];
    let mut curvature = [[0.0; SIZE]; SIZE];
    for at in 0..FIGURES {
        gradient[at] = -RIDGE * weights[at];
        curvature[at][at] = RIDGE;
    }
    for (figures, is_set) in rows {
        let mut row = [1.0; SIZE];
        for at in 0..FIGURES {
            row[at] = (figures[at] - mean[at]) / spread[at];
        }
        let sum: f64 = row.iter().zip(weights).map(|(figure, weight)| figure * weight).sum();
        let likely = 1.0 / (1.0 + (-sum).exp());
        let miss = f64::from(u8::from(*is_set)) - likely;
        for (at, figure) in row.iter().enumerate() {
            gradient[at] += miss * figure;
            for (other, second) in row.iter().enumerate() {
                curvature[at][other] += likely * (1.0 - likely) * figure * second;
            }
        }
    }
    (gradient, curvature)
}

/// Solves a system of equations by elimination; `None` if it has no single solution.
fn solve(mut matrix: Matrix, mut right: Vector) -> Option<Vector> {
    for pivot in 0..SIZE {
        let largest =
            (pivot..SIZE).max_by(|a, b| matrix[*a][pivot].abs().total_cmp(&matrix[*b][pivot].abs()))?;
        matrix.swap(pivot, largest);
        right.swap(pivot, largest);
        if matrix[pivot][pivot].abs() < CONSTANT {
            return None;
        }
        for row in pivot + 1..SIZE {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot];
            for (value, above) in matrix[row].iter_mut().zip(above).skip(pivot) {
                *value -= factor * above;
            }
            right[row] -= factor * right[pivot];
        }
    }
    let mut solution = [0.0; SIZE];
    for row in (0..SIZE).rev() {
        let known: f64 = (row + 1..SIZE).map(|at| matrix[row][at] * solution[at]).sum();
        solution[row] = (right[row] - known) / matrix[row][row];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_decides_gets_the_weight() {
        let row = |on: f64, other: f64, is_set| {
            let mut figures = [0.0; FIGURES];
            (figures[0], figures[1]) = (on, other);
            (figures, is_set)
        };
        let mut rows = Vec::new();
        for n in 0..40 {
            let other = f64::from(n % 2);
            rows.push(row(1.0, other, n % 4 != 0));
            rows.push(row(0.0, other, n % 4 == 1));
        }
        let fit = fit(&rows);
        assert!(fit.weights[0] > 1.0 && fit.weights[0] > fit.weights[2].abs(), "{fit:?}");
        assert!(fit.base < 0.0);
    }
}
