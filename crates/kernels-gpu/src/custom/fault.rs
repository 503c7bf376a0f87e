use std::fmt;
use std::ops::Range;

use naga::{Span, WithSpan};

/// What is wrong with a shader, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShaderFault {
    /// What is wrong, the line and column, and the line itself with the place underlined.
    pub message: String,
    /// Line and column, both from 1, the column in characters; `None` for what is nowhere in particular.
    pub place: Option<(u32, u32)>,
}

/// What the shader is refused for, beyond what makes it no WGSL.
#[derive(Debug)]
struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// WGSL with the name that errors give it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) file: &'a str,
}

impl Source<'_> {
    /// WGSL that naga cannot read.
    pub(super) fn unreadable(self, error: &naga::front::wgsl::ParseError) -> ShaderFault {
        let span = error.labels().next().map(|(span, _)| span);
        self.fault(error.emit_to_string_with_path(self.text, self.file), span)
    }

    /// Something naga or this library refuses; the first span says where.
    pub(super) fn invalid<E: std::error::Error>(self, error: &WithSpan<E>) -> ShaderFault {
        let span = error.spans().next().map(|(span, _)| *span);
        self.fault(error.emit_to_string_with_path(self.text, self.file), span)
    }

    /// A refusal of this library's.
    pub(super) fn refused(
        self,
        span: Span,
        label: &str,
        message: impl Into<String>,
    ) -> ShaderFault {
        self.invalid(&WithSpan::new(Refusal(message.into())).with_span(span, label))
    }

    fn fault(self, message: String, span: Option<Span>) -> ShaderFault {
        let before = span.and_then(Span::to_range).and_then(|range| self.text.get(..range.start));
        let place = before.map(|before| {
            let line = before.rsplit('\n').next().unwrap_or(before);
            let lines = before.bytes().filter(|byte| *byte == b'\n').count();
            (lines as u32 + 1, line.chars().count() as u32 + 1)
        });
        let message = message.strip_prefix("error: ").unwrap_or(&message).trim_end().to_owned();
        ShaderFault { message, place }
    }

    /// Where a word stands in a part of the text; the whole part if nowhere.
    pub(super) fn word(self, part: Span, word: &str) -> Span {
        let Some(Range { start, end }) = part.to_range() else { return part };
        let Some(text) = self.text.get(start..end) else { return part };
        let inside =
            |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
        let found = text.match_indices(word).find(|(at, _)| {
            let before = at.checked_sub(1).map(|at| text.as_bytes()[at]);
            !inside(before) && !inside(text.as_bytes().get(at + word.len()).copied())
        });
        found.map_or(part, |(at, _)| {
            Span::new((start + at) as u32, (start + at + word.len()) as u32)
        })
    }

    /// The whole text.
    pub(super) fn whole(self) -> Span {
        Span::new(0, self.text.len() as u32)
    }
}
