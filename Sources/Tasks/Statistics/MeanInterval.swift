/// A 95 % confidence interval of what a mean over seeds estimates.
package struct MeanInterval: Sendable, Equatable {
  package var lower: Double
  package var upper: Double

  /// Of a mean accuracy, over chips (seeds) and over test sequences: both are samples of what they stand for.
  ///
  /// Chip s is right on sequence i or not: y = µ + α_s + β_i + ε_si, of variances σα² + σβ² + σε² = p(1 − p). The same N
  /// sequences are tried on all S chips, so that the mean's variance is σα²/S + σβ²/N + σε²/(S·N). The spread s² of the
  /// chips' accuracies estimates σα² + σε²/N, and s²/S the first and the last part. Of the second only σβ² ≤ p(1 − p) is known
  /// without every single answer; with that bound the variance is
  ///
  ///     v = s²/S + p(1 − p)/N
  ///
  /// which is not too small, but too large by (σα² + σε²)/N: nothing where all chips are right on the same sequences. An accuracy is in [0, 1] and v is 0 where all are right, so the interval is Wilson's score interval of a share
  /// p among n = p(1 − p)/v independent sequences (N where v is 0), with Student's t in place of the normal quantile, its
  /// degrees of freedom by Satterthwaite from S − 1 and N − 1. All right on 500 sequences: 99.2 to 100 %.
  ///
  /// Sources: crossed random effects, S. R. Searle, G. Casella and C. E. McCulloch, Variance Components, 1992, chapter 4;
  /// chips and test set as the two sources of variation, T. G. Dietterich, Neural Computation 10, 1998; E. B. Wilson,
  /// JASA 22, 1927; effective number of independent observations, E. L. Korn and B. I. Graubard, Survey Methodology 24, 1998;
  /// F. E. Satterthwaite, Biometrics Bulletin 2, 1946.
  ///
  /// What it does not hold: other splits of training and test set, and a test set that is no random sample.
  /// - Parameters:
  ///   - mean: p; nil where it is not in 0 … 1.
  ///   - deviation: s, n − 1 in the denominator.
  ///   - seeds: S; nil below 2, where nothing is known of the chips' spread.
  ///   - sequences: N, of the test set; nil below 2.
  package init?(accuracy mean: Double, deviation: Double, seeds: Int, sequences: Int) {
    guard seeds > 1, sequences > 1, (0...1).contains(mean) else { return nil }
    let binomial = mean * (1 - mean)
    let (ofSeeds, ofSequences) = (deviation * deviation / Double(seeds), binomial / Double(sequences))
    let variance = ofSeeds + ofSequences
    let parts = ofSeeds * ofSeeds / Double(seeds - 1) + ofSequences * ofSequences / Double(sequences - 1)
    let t = Self.student(degrees: parts > 0 ? variance * variance / parts : Double(sequences - 1))
    let count = variance > 0 ? min(binomial / variance, Double(sequences)) : Double(sequences)
    let weight = 1 + t * t / count
    let centre = (mean + t * t / (2 * count)) / weight
    let half = t * (binomial / count + t * t / (4 * count * count)).squareRoot() / weight
    (lower, upper) = (max(0, centre - half), min(1, centre + half))
  }

  /// Of any mean, over chips alone: mean ± t·s/√S.
  /// - Parameter seeds: S; nil below 2.
  package init?(mean: Double, deviation: Double, seeds: Int) {
    guard seeds > 1 else { return nil }
    let half = Self.student(degrees: Double(seeds - 1)) * deviation / Double(seeds).squareRoot()
    (lower, upper) = (mean - half, mean + half)
  }

  /// The 97.5 % quantile of Student's t.
  ///
  /// From 3 degrees on by the expansion in 1/ν of M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.7.5,
  /// which is too small by 0.15 % at most; below by its closed forms. No function of libm is in it.
  /// - Parameter degrees: of freedom, above 0; below 3 rounded down, to 1 at least.
  static func student(degrees: Double) -> Double {
    if degrees < 2 { return 12.706_204_736 }
    if degrees < 3 { return 4.302_652_730 }
    let (z, nu) = (1.959_963_984_540_054, degrees)
    let (z3, z5) = (z * z * z, z * z * z * z * z)
    let (z7, z9) = (z5 * z * z, z5 * z * z * z * z)
    let g1 = (z3 + z) / 4
    let g2 = (5 * z5 + 16 * z3 + 3 * z) / 96
    let g3 = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
    let g4 = (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160
    return z + (g1 + (g2 + (g3 + g4 / nu) / nu) / nu) / nu
  }
}
