// Rounds of a kernel, from 0 on: `latest[0]` is the number of the last one that changed something, plus one.

// Whether the round before changed nothing.
fn is_settled() -> bool {
  return params.round > 0u && atomicLoad(&latest[0]) < params.round;
}

fn note_change() {
  atomicMax(&latest[0], params.round + 1u);
}
