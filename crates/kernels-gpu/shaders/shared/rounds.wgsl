// Rounds of a kernel, from 0 on: `latest` begins with the last one that changed something, and one more.

// Whether the round before changed nothing.
fn is_settled() -> bool {
  return params.round > 0u && atomicLoad(&latest[0]) < params.round;
}

fn note_change() {
  atomicMax(&latest[0], params.round + 1u);
}
