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
    /// With whether another expression begins with it.
    Waiting(Expression, bool),
}

impl Contents {
    /// A buffer that recorded commands, or the host, write.
    pub(crate) fn made(storage: Storage) -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(State::Made(Arc::new(storage))) })
    }

    /// What is computed when it is needed.
    pub(crate) fn waiting(recording: &mut Recording<'_>, expression: Expression) -> Arc<Self> {
        let contents = Arc::new(Self { state: Mutex::new(State::Waiting(expression, false)) });
        recording.recorder.waiting.push(&contents);
        contents
    }

    /// The buffer. Records the kernel that makes it, if that was not done yet.
    pub(crate) fn storage(&self, recording: &mut Recording<'_>) -> Result<Arc<Storage>> {
        let mut state = lock(&self.state);
        let made = match &*state {
            State::Made(storage) => return Ok(Arc::clone(storage)),
            State::Waiting(expression, _) => Arc::new(expression.record(recording)?),
        };
        *state = State::Made(Arc::clone(&made));
        Ok(made)
    }

    /// The buffer, if it does not wait.
    pub(crate) fn buffer(&self) -> Option<Arc<Storage>> {
        match &*lock(&self.state) {
            State::Made(storage) => Some(Arc::clone(storage)),
            State::Waiting(..) => None,
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
            && let State::Waiting(expression, is_part @ false) = &mut *lock(&self.state)
            && expression.has_room()
        {
            *is_part = true;
            return Ok(expression.begun_by(self));
        }
        Ok(Expression::new(self.storage(recording)?, samples, dtype))
    }

    fn waits(&self) -> bool {
        matches!(*lock(&self.state), State::Waiting(..))
    }

    /// Whether it waits and nothing waits for it.
    fn is_end(&self) -> bool {
        matches!(*lock(&self.state), State::Waiting(_, false))
    }

    /// Whether it waits, and no image holds what it starts from.
    fn holds_orphan(&self) -> bool {
        matches!(&*lock(&self.state), State::Waiting(expression, _) if expression.source().is_orphan())
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

/// The contents that wait.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    contents: Vec<Weak<Contents>>,
    /// Beyond this many, those that are gone are forgotten.
    crowd: usize,
}

impl Waiting {
    fn push(&mut self, contents: &Arc<Contents>) {
        if self.contents.len() >= self.crowd {
            self.contents.retain(|one| one.strong_count() > 0);
            self.crowd = 2 * self.contents.len().max(32);
        }
        self.contents.push(Arc::downgrade(contents));
    }

    pub(crate) fn clear(&mut self) {
        self.contents.clear();
    }
}

impl Recording<'_> {
    /// Records what waits and is the end of a chain. What fails is left to those who need it.
    pub(crate) fn make_ends(&mut self) {
        self.make_those(Contents::is_end);
    }

    /// Records what waits and holds memory that no image does, once that is more than the pool may keep.
    pub(crate) fn make_room_for_images(&mut self) {
        if self.engine.shelf.orphan_bytes() > self.recorder.pool.limit() {
            self.make_those(Contents::holds_orphan);
        }
    }

    fn make_those(&mut self, which: fn(&Contents) -> bool) {
        for contents in std::mem::take(&mut self.recorder.waiting.contents) {
            let Some(one) = contents.upgrade() else { continue };
            if which(&one) {
                _ = one.storage(self);
            }
            if one.waits() {
                self.recorder.waiting.contents.push(contents);
            }
        }
    }
}
