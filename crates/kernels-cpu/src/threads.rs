//! One pool of threads for all kernels: results are cut into bands of whole rows, and each band is done by itself.
//!
//! A kernel that comes through here computes each row of its result from the image alone, so that the result does not depend on
//! how many threads there are.

use std::num::NonZero;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tagswitch_image::ImageView;

use crate::error::{Error, Result};

/// A band is worth another thread from so many operations on: some 100 µs of work, where waking one takes 10 to 50 µs.
const LEAST_WORK: usize = 1 << 20;
/// As many as no machine has; each takes memory.
const MOST_THREADS: usize = 256;

/// As many as the process may run at once. Asked once: the system has the answer in files.
static OFFERED: LazyLock<usize> =
    LazyLock::new(|| available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS));

static CHOICE: RwLock<Choice> = RwLock::new(Choice { default: None, threads: None, others: None });

/// How many threads there are to be.
struct Choice {
    /// Unless somebody chooses.
    default: Option<usize>,
    /// As somebody chose.
    threads: Option<usize>,
    /// All but the caller's, once they are needed.
    others: Option<Arc<ThreadPool>>,
}

impl Choice {
    fn threads(&self) -> usize {
        self.threads.or(self.default).unwrap_or_else(|| *OFFERED)
    }
}

/// How many threads kernels use, the caller's included: what [`set_threads`] said, else [`set_default_threads`], else as many as
/// the process may run at once.
#[must_use]
pub fn threads() -> usize {
    CHOICE.read().unwrap_or_else(PoisonError::into_inner).threads()
}

/// Has kernels use so many threads from now on, the caller's included. Kernels that run keep the ones they have.
///
/// # Errors
///
/// [`Error::Option`] for none and for more than 256.
pub fn set_threads(threads: usize) -> Result<()> {
    choose(threads, |choice| &mut choice.threads)
}

/// As [`set_threads`], where nobody said it.
///
/// # Errors
///
/// As [`set_threads`].
pub fn set_default_threads(threads: usize) -> Result<()> {
    choose(threads, |choice| &mut choice.default)
}

fn choose(threads: usize, place: impl Fn(&mut Choice) -> &mut Option<usize>) -> Result<()> {
    if !(1..=MOST_THREADS).contains(&threads) {
        let expected = "1 to 256";
        return Err(Error::Option { name: "threads", given: threads.to_string(), expected });
    }
    let mut choice = CHOICE.write().unwrap_or_else(PoisonError::into_inner);
    let before = choice.threads();
    *place(&mut choice) = Some(threads);
    if choice.threads() != before {
        choice.others = None;
    }
    Ok(())
}

/// All threads but the caller's; none where the system gives none.
fn others() -> Option<Arc<ThreadPool>> {
    if let Some(others) = &CHOICE.read().unwrap_or_else(PoisonError::into_inner).others {
        return Some(others.clone());
    }
    let mut choice = CHOICE.write().unwrap_or_else(PoisonError::into_inner);
    if choice.others.is_none() {
        let count = choice.threads().checked_sub(1).filter(|&count| count > 0)?;
        let pool = ThreadPoolBuilder::new().num_threads(count);
        let pool = pool.thread_name(|index| format!("tagswitch-cpu-{index}")).build().ok()?;
        choice.others = Some(Arc::new(pool));
    }
    choice.others.clone()
}

/// Has another thread than the caller's run `job`, which may run kernels: one of as many as the process may run at once, the
/// first that is free. Returns whether the system gave it any.
///
/// `job` must not panic.
#[must_use]
pub fn spawn(job: impl FnOnce() + Send + 'static) -> bool {
    static CALLERS: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let callers = CALLERS.get_or_init(|| {
        let pool = ThreadPoolBuilder::new().num_threads(*OFFERED);
        pool.thread_name(|index| format!("tagswitch-call-{index}")).build().ok()
    });
    callers.as_ref().map(|callers| callers.spawn(job)).is_some()
}

/// Some rows of a result, one after the other.
pub struct Band<'a, T> {
    /// The row of the result that is the first of these.
    pub first: usize,
    /// How many samples a row has.
    pub row_len: usize,
    /// Those of all rows.
    pub samples: &'a mut [T],
}

impl<'a, T> Band<'a, T> {
    /// The rows and where in the result they are.
    #[inline(always)]
    pub fn rows(self) -> impl Iterator<Item = (usize, &'a mut [T])> {
        (self.first..).zip(self.samples.chunks_exact_mut(self.row_len))
    }

    /// The samples of the same rows of an image.
    #[inline(always)]
    pub fn same_rows<'i, S>(&self, image: ImageView<'i, S>) -> &'i [S] {
        let row_len = image.shape().row_len();
        &image.samples()[self.first * row_len..][..self.samples.len() / self.row_len * row_len]
    }
}

/// Has `kernel` do all rows of `out`, each once, in bands: one for each thread, or a single one where there is too little to do.
///
/// `cost` is about how many arithmetic operations a sample takes.
pub fn each_band<T: Send>(
    out: &mut [T],
    row_len: usize,
    cost: usize,
    kernel: impl Fn(Band<'_, T>) + Sync,
) {
    each_bands([out], row_len, cost, |[band]| kernel(band));
}

/// The same for several results of one size: those of a band are of the same rows.
pub fn each_bands<T: Send, const N: usize>(
    out: [&mut [T]; N],
    row_len: usize,
    cost: usize,
    kernel: impl Fn([Band<'_, T>; N]) + Sync,
) {
    let len = out[0].len();
    let rows = len / row_len;
    let worth = len.saturating_mul(cost) / LEAST_WORK;
    let bands = if worth < 2 { 1 } else { threads().min(worth).min(rows) };
    let mut rest = out.map(|samples| Band { first: 0, row_len, samples });
    let Some(others) = (bands > 1).then(others).flatten() else {
        return kernel(rest);
    };
    others.in_place_scope(|scope| {
        let kernel = &kernel;
        for band in 1..bands {
            let until = rows * band / bands;
            let band = rest.each_mut().map(|rest| {
                let samples = std::mem::take(&mut rest.samples);
                let (samples, behind) = samples.split_at_mut((until - rest.first) * row_len);
                let band = Band { first: rest.first, row_len, samples };
                *rest = Band { first: until, row_len, samples: behind };
                band
            });
            scope.spawn(move |_| kernel(band));
        }
        kernel(rest);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_all_rows_once() {
        let row_len = 7;
        for rows in [1, 2, 3, 101] {
            let mut out = vec![0; rows * row_len];
            each_band(&mut out, row_len, LEAST_WORK, |band| {
                for (y, row) in band.rows() {
                    row.iter_mut().for_each(|sample| *sample += y + 1);
                }
            });
            for (y, row) in out.chunks(row_len).enumerate() {
                assert_eq!(row, [y + 1; 7]);
            }
        }
    }

    #[test]
    fn bands_of_several_results_are_of_the_same_rows() {
        let [mut one, mut other] = [vec![0; 35], vec![0; 35]];
        each_bands([&mut one, &mut other], 5, LEAST_WORK, |[one, other]| {
            for ((y, one), (z, other)) in one.rows().zip(other.rows()) {
                one.fill(y + 1);
                other.fill(z + 1);
            }
        });
        assert_eq!(one, other);
        assert!(one.chunks(5).enumerate().all(|(y, row)| row == [y + 1; 5]));
    }

    #[test]
    fn refuses_no_threads_and_too_many() {
        for wrong in [0, 257] {
            let error = set_threads(wrong).unwrap_err();
            assert!(matches!(error, Error::Option { name: "threads", .. }), "{error}");
        }
        set_default_threads(4).unwrap();
        assert_eq!(threads(), 4);
        set_threads(3).unwrap();
        set_default_threads(5).unwrap();
        assert_eq!(threads(), 3);
    }
}
