//! What an image holds: a buffer, or point-wise operations by which one can be made.
//!
//! Such operations wait until somebody needs the samples: another kernel, or a read-back. Where that is a point-wise operation
//! they wait on as a part of it, and end up in one kernel with it. What is dropped before is never computed.
//!
//! At a submission those that nothing was made of are recorded, too: their images are likely to be read next. The others stay as
//! they are, as most often only the end of a chain is read and the rest is waiting for a garbage collector. They hold the memory
//! of what they start from; where no image does so any more, that is bounded by the pool's limit.

use std::sync::{Arc, Mutex, Weak};

use crate::device::lock;
use crate::error::Result;
use crate::image::DType;
use crate::pointwise::Expression;
use crate::recording::Recording;
use crate::storage::Storage;

/// Contents of an image, shared by its clones. They are looked at while the recorder is held.
#[derive(Debug)]
pub(crate) struct Contents {
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Made(Arc<Storage>),
    Waiting {
        expression: Expression,
        /// Whether another one begins with it.
        is_part: bool,
    },
}

impl Contents {
    /// A buffer that recorded commands, or the host, write.
    pub(crate) fn made(storage: Storage) -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(State::Made(Arc::new(storage))) })
    }

    /// What is computed when it is needed.
    pub(crate) fn waiting(recording: &mut Recording<'_>, expression: Expression) -> Arc<Self> {
        let contents =
            Arc::new(Self { state: Mutex::new(State::Waiting { expression, is_part: false }) });
        recording.recorder.waiting.ends.push(Arc::downgrade(&contents));
        contents
    }

    /// The buffer. Records the kernel that makes it, if that was not done yet.
    pub(crate) fn storage(&self, recording: &mut Recording<'_>) -> Result<Arc<Storage>> {
        let mut state = lock(&self.state);
        let made = match &*state {
            State::Made(storage) => return Ok(Arc::clone(storage)),
            State::Waiting { expression, .. } => Arc::new(expression.record(recording)?),
        };
        *state = State::Made(Arc::clone(&made));
        Ok(made)
    }

    /// The buffer, if it does not wait.
    pub(crate) fn buffer(&self) -> Option<Arc<Storage>> {
        match &*lock(&self.state) {
            State::Made(storage) => Some(Arc::clone(storage)),
            State::Waiting { .. } => None,
        }
    }

    /// What a point-wise operation on it begins with: what it waits for itself, if nothing else does so and there is room, or
    /// else its buffer, of so many samples.
    pub(crate) fn expression(
        self: &Arc<Self>,
        recording: &mut Recording<'_>,
        samples: u64,
        dtype: DType,
    ) -> Result<Expression> {
        if recording.engine.fusion()
            && let State::Waiting { expression, is_part: is_part @ false } = &mut *lock(&self.state)
            && expression.has_room()
        {
            *is_part = true;
            return Ok(expression.begun_by(self));
        }
        Ok(Expression::new(self.storage(recording)?, samples, dtype))
    }

    /// Whether it waits and nothing waits for it.
    fn is_end(&self) -> bool {
        matches!(*lock(&self.state), State::Waiting { is_part: false, .. })
    }

    /// Whether it waits, and no image holds what it starts from.
    fn holds_orphan(&self) -> bool {
        match &*lock(&self.state) {
            State::Made(_) => false,
            State::Waiting { expression, .. } => expression.source().is_orphan(),
        }
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let State::Made(storage) = state
            && Arc::strong_count(storage) > 1
        {
            storage.orphan();
        }
    }
}

/// The contents that wait, by what was known of them when they were last looked at.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    /// Those that nothing waited for.
    ends: Crowd,
    parts: Crowd,
}

/// Contents of which some may be gone by now.
#[derive(Debug, Default)]
struct Crowd {
    all: Vec<Weak<Contents>>,
    /// When so many are there, those that are gone are forgotten.
    limit: usize,
}

impl Crowd {
    fn push(&mut self, one: Weak<Contents>) {
        if self.all.len() >= self.limit {
            self.all.retain(|one| one.strong_count() > 0);
            self.limit = 2 * self.all.len().max(32);
        }
        self.all.push(one);
    }
}

impl Waiting {
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Recording<'_> {
    /// Records what waits and is the end of a chain. What fails is left to those who need it.
    pub(crate) fn make_ends(&mut self) {
        for weak in std::mem::take(&mut self.recorder.waiting.ends.all) {
            let Some(one) = weak.upgrade() else { continue };
            if one.is_end() {
                _ = one.storage(self);
            }
            let waiting = &mut self.recorder.waiting;
            if one.is_end() {
                waiting.ends.push(weak);
            } else if one.buffer().is_none() {
                waiting.parts.push(weak);
            }
        }
    }

    /// Records what waits and holds memory that no image does.
    pub(crate) fn make_orphans(&mut self) {
        let Waiting { ends, parts } = &self.recorder.waiting;
        let all: Vec<_> = ends.all.iter().chain(&parts.all).filter_map(Weak::upgrade).collect();
        for one in all.iter().filter(|one| one.holds_orphan()) {
            _ = one.storage(self);
        }
    }
}
